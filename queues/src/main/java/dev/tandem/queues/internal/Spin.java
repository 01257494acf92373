package dev.tandem.queues.internal;

/// How a thread passes the time before it parks: some pauses, then a few yields. Virtual threads
/// get less of both, because others may need their carrier.
public final class Spin {
  /// A pause of a thread that expects the other side at once, in steps of [Thread#onSpinWait()].
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

  /// Spins of the current thread.
  ///
  /// @param pause how long each pause is
  public Spin(int pause) {
    boolean virtual = Thread.currentThread().isVirtual();
    steps = virtual ? STEPS_VIRTUAL : STEPS;
    yields = virtual ? YIELDS_VIRTUAL : YIELDS;
    this.pause = Math.min(pause, steps);
  }

  /// Passes some time; false, at once, when enough has been passed.
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

  /// Passes a moment of waiting for another thread to finish a step that it has begun, which takes
  /// a few instructions unless that thread lost its processor.
  ///
  /// @param tries how many times the caller has been here in a row
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
