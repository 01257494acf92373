package dev.tandem.queues.internal;

/// How a thread passes the time before it parks: pauses that double, then a few yields. Virtual
/// threads get less of both, because others may need their carrier.
public final class Spin {
  private int pauses;
  private final int longest;
  private int yields;

  private Spin(int first, int longest, int yields) {
    this.pauses = first;
    this.longest = longest;
    this.yields = yields;
  }

  /// For a taker: what it waits for may be a few nanoseconds away.
  public static Spin forTake() {
    return Thread.currentThread().isVirtual() ? new Spin(8, 32, 2) : new Spin(8, 128, 4);
  }

  /// For a putter: room for a single element is not worth coming back for.
  public static Spin forPut() {
    return Thread.currentThread().isVirtual() ? new Spin(32, 32, 2) : new Spin(64, 128, 4);
  }

  /// For two threads that meet.
  public static Spin forHandOver() {
    return forTake();
  }

  /// Passes some time; false, at once, when enough has been passed.
  public boolean again() {
    if (pauses <= longest) {
      for (int i = 0; i < pauses; i++) {
        Thread.onSpinWait();
      }
      pauses <<= 1;
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
