package dev.tandem.pools.internal.process;

import java.util.concurrent.atomic.AtomicInteger;

/// How far the results of a part of a map have come, and whether an unordered consumer has the
/// part.
final class Delivery {
  /*
   * One writer at a time: the reader of the worker, or its reaper. `ready` publishes to the consumer
   * what the writer has written.
   *
   * `known` says whether an unordered consumer has the part, in its hands or in its queue. The
   * consumer lets go, then looks once more at `ready`; a writer writes `ready`, then puts the part
   * into the queue unless `known` is set: so results are not forgotten, and the part is not there
   * twice.
   */
  private volatile int ready;
  private final AtomicInteger known = new AtomicInteger();

  /// {@return how many results the consumer may take}
  int ready() {
    return ready;
  }

  /// Lets the consumer see the first `delivered` results.
  void publish(int delivered) {
    ready = delivered;
  }

  /// Claims the part for the queue of an unordered consumer. Called after [#publish(int)].
  ///
  /// @return whether the part must be put into the queue of the consumer
  boolean reach() {
    return known.compareAndSet(0, 1);
  }

  /// Lets go of a part of which the consumer has taken all that it has seen.
  ///
  /// @return whether there is more, and the part must be put into the queue again
  boolean letGo(int taken) {
    known.set(0);
    return taken < ready && reach();
  }
}
