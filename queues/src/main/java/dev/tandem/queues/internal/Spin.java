package dev.tandem.queues.internal;

/// The back-off of a thread before it parks: some pauses, then a few yields. A virtual thread gets
/// less of both, because other threads may need its carrier.
public final class Spin {
  /// The pause of a thread that expects the other side at once, in calls of [Thread#onSpinWait()].
  public static final int SHORTEST = 4;

  /// The longest pause: some microseconds.
  public static final int LONGEST = 512;

  private static final int STEPS = 512;
  private static final int STEPS_VIRTUAL = 128;
  private static final int YIELDS = 4;
  private static final int YIELDS_VIRTUAL = 2;

  private final int pause;
  private int steps;
  private int yields;

  /// Creates the back-off of the current thread.
  ///
  /// @param pause the length of each pause, from [#SHORTEST] to [#LONGEST]
  public Spin(int pause) {
    boolean virtual = Thread.currentThread().isVirtual();
    steps = virtual ? STEPS_VIRTUAL : STEPS;
    yields = virtual ? YIELDS_VIRTUAL : YIELDS;
    this.pause = Math.min(pause, steps);
  }

  /// Passes some time; returns false at once when the back-off is over.
  public boolean again() {
    if (steps > 0) {
      for (int i = 0; i < pause; i++) {
        Thread.onSpinWait();
      }
      steps -= pause;
      return true;
    }
    if (yields > 0) {
      yields--;
      Thread.yield();
      return true;
    }
    return false;
  }

  /// Waits a moment for another thread to finish a step that it has begun, which takes a few
  /// instructions unless that thread lost its processor.
  ///
  /// @param tries the number of calls in a row before this one
  /// @return `tries + 1`
  public static int forStep(int tries) {
    if ((tries & 15) == 15) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
    return tries + 1;
  }
}
