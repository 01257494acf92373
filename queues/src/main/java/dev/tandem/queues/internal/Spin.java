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

  /// The yields of a thread for which parking costs little more than a wake-up.
  public static final int YIELDS = 4;

  /// The yields of a thread that waits for another process: parking costs each side system calls
  /// and a second thread that wakes, which compete with the threads that have work to do.
  public static final int YIELDS_BETWEEN_PROCESSES = 32;

  private final int pause;
  private int steps;
  private int yields;

  /// Creates the back-off of the current thread.
  ///
  /// @param pause the length of each pause, from [#SHORTEST] to [#LONGEST]
  /// @param yields how often it yields before it parks
  public Spin(int pause, int yields) {
    boolean virtual = Thread.currentThread().isVirtual();
    steps = virtual ? STEPS_VIRTUAL : STEPS;
    this.yields = virtual ? yields >> 1 : yields;
    this.pause = Math.min(pause, steps);
  }

  /// {@return the next pause of a thread that has caught up with the other side, and after a pause
  /// has found something to do again} Passing a cache line between two processors costs as much as
  /// ten puts. So when elements come in a stream, the thread should stay away until there is much
  /// to do at once; when they come one by one, as in a request and its answer, it should be back
  /// soon. What it finds tells the two apart: nothing more, or nearly everything, and the next
  /// pause is half as long; something, and it is twice as long.
  ///
  /// @param pause the last one
  /// @param there what there is to do beside what the thread has done
  /// @param most what there can be to do
  public static int nextPause(int pause, int there, int most) {
    if (there == 0 || there >= most - (most >> 2)) {
      return Math.max(pause >> 1, SHORTEST);
    }
    return there < most >> 1 ? Math.min(pause << 1, LONGEST) : pause;
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
