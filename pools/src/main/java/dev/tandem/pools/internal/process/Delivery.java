package dev.tandem.pools.internal.process;

import java.util.concurrent.atomic.AtomicInteger;

/// How far the results of a part of a map have come, and whether an unordered consumer has the
/// part.
final class Delivery {
  /*
   * One writer at a time: a reader, or who stands in for it. `ready` publishes what it has written
   * to the consumer.
   *
   * `known` says whether an unordered consumer has the part, in its hands or in its queue. It lets
   * go, then looks once more at `ready`; a reader writes `ready`, then takes the part for it unless
   * it has it: so results are not forgotten, and the part is not there twice.
   */
  private volatile int ready;
  private final AtomicInteger known = new AtomicInteger();

  /// {@return how many results the consumer may take}
  int ready() {
    return ready;
  }

  /// Lets the consumer see so many.
  void publish(int delivered) {
    ready = delivered;
  }

  /// After [#publish(int)], and for an unordered consumer.
  ///
  /// @return whether the part is to be put into its queue
  boolean reach() {
    return known.compareAndSet(0, 1);
  }

  /// The consumer has taken all that it has seen.
  ///
  /// @return whether there is more, and the part is to be put into its queue
  boolean letGo(int taken) {
    known.set(0);
    return taken < ready && reach();
  }
}
