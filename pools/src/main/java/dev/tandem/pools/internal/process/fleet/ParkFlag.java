package dev.tandem.pools.internal.process.fleet;

/// Whether one thread is parked, for other threads that have something for it to do.
final class ParkFlag {
  /*
   * The sleeper takes back what it was asked before, looks for something to do, writes `sleeping`
   * (volatile), and then looks whether it was asked meanwhile, and once more for something to do;
   * only then it parks. A caller writes `asked` (volatile), then reads `sleeping`: one sees the
   * other. The same holds for a thread that has brought something, and calls only if the sleeper
   * sleeps, after a full fence. There is one thread to wake, and it never leaves while there are
   * callers, so no call can be used up by a thread that has gone.
   */
  private volatile boolean sleeping;
  private volatile boolean asked;

  /// Takes back earlier calls. Thread: the sleeper, which is about to look for something to do.
  void begin() {
    asked = false;
  }

  /// Announces that the sleeper has found nothing. It must look once more before it parks. Thread:
  /// the sleeper.
  ///
  /// @return false if it was called since [#begin()]
  boolean lieDown() {
    sleeping = true;
    return !asked;
  }

  /// Takes back the announcement. Thread: the sleeper.
  void getUp() {
    sleeping = false;
  }

  boolean isSleeping() {
    return sleeping;
  }

  /// Has the sleeper look for something to do.
  ///
  /// @return whether the caller must unpark it
  boolean call() {
    asked = true; // before reading `sleeping`, which the sleeper writes before it reads this
    if (sleeping) {
      sleeping = false;
      return true;
    }
    return false;
  }
}
