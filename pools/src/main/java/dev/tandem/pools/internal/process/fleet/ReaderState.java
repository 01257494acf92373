package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.atomic.AtomicInteger;

/// What the reader thread of a worker is doing, and whether another thread has taken its place.
final class ReaderState {
  /*
   *            begin                      giveUp (any thread)
   *   READING -------> DECODING ---------------------------------> GIVEN_UP
   *      ^    <-------                                             the stuck reader finds out
   *             end                                                in end(), and leaves
   *
   * Decoding runs code of the application (readResolve, hashCode), which may never end. So a reader
   * has touched nothing of a job when it begins to decode its answer, and touches nothing after that
   * unless end() says so. The thread that gives it up (one compareAndSet against that of end()) is
   * the worker's reader from then on, and reaps it: of the two, exactly one settles what the worker
   * had.
   *
   * Happens-before: what the reader did before begin(), a release, is seen by a thread that reads
   * DECODING in giveUp(). Without that the reaper would find older counters than the reader has left.
   */
  private static final int READING = 0;
  private static final int DECODING = 1;
  private static final int GIVEN_UP = 2;

  private final AtomicInteger state = new AtomicInteger(READING);
  private volatile Thread reader = Thread.currentThread();

  /// Makes the current thread the reader.
  void readHere() {
    reader = Thread.currentThread();
  }

  /// Begins to decode an answer. Thread: the reader.
  void begin() {
    state.setRelease(DECODING);
  }

  /// Ends decoding. Thread: the reader.
  ///
  /// @return false if the reader was given up: it must touch nothing any more
  boolean end() {
    return state.compareAndSet(DECODING, READING);
  }

  boolean isDecoding() {
    return state.get() == DECODING;
  }

  boolean isGivenUp() {
    return state.get() == GIVEN_UP;
  }

  /// Takes the place of a reader that is decoding. Thread: any.
  ///
  /// @return whether this call does
  boolean giveUp() {
    return state.compareAndSet(DECODING, GIVEN_UP);
  }

  /// Interrupts the reader that was given up. May run code of the application: where the thread
  /// waits in a channel of its own making, for example.
  void interrupt() {
    reader.interrupt();
  }
}
