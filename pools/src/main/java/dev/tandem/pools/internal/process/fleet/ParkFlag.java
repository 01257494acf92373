package dev.tandem.pools.internal.process.fleet;

/// Whether a thread sleeps that others call when there is something to do for it.
final class ParkFlag {
  /*
   * The thread takes back what it was asked before, looks for something to do, says that it sleeps
   * (volatile), and then looks whether it was asked meanwhile, and once more for something to do;
   * only then it parks. Who calls it asks (volatile), then looks whether it sleeps: one sees the
   * other. So does who has brought something, and calls only if it sleeps, after a full fence.
   * There is one thread to wake, and it never leaves while there are callers, so no call can be
   * used up by a thread that has gone.
   */
  private volatile boolean sleeping;
  private volatile boolean asked;

  /// The thread is about to look for something to do.
  void begin() {
    asked = false;
  }

  /// The thread has found nothing. It looks once more before it parks.
  ///
  /// @return false if it was called since it began
  boolean lieDown() {
    sleeping = true;
    return !asked;
  }

  /// The thread is awake.
  void getUp() {
    sleeping = false;
  }

  boolean isSleeping() {
    return sleeping;
  }

  /// The thread shall look.
  ///
  /// @return whether it has to be unparked
  boolean call() {
    asked = true; // before reading `sleeping`, which the thread writes before it reads this
    if (sleeping) {
      sleeping = false;
      return true;
    }
    return false;
  }
}
