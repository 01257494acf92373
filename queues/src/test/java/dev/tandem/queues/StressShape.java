package dev.tandem.queues;

import java.util.Comparator;
import java.util.function.UnaryOperator;

/// The shapes that stress rounds are played with.
enum StressShape {
  RING,
  UNBOUNDED,
  RENDEZVOUS,
  LIFO,
  PRIORITY,
  PRODUCER_CLOSED;

  Channel<StressItem> create(int capacity, UnaryOperator<Channel.Config<StressItem>> cf) {
    return switch (this) {
      case RING -> Channel.bounded(capacity, cf);
      case UNBOUNDED -> Channel.unbounded(cf);
      case RENDEZVOUS -> Channel.rendezvous(cf);
      case LIFO -> Channel.lifo(capacity, cf);
      case PRIORITY -> Channel.priority(capacity, Comparator.comparing(StressItem::number), cf);
      case PRODUCER_CLOSED ->
          Channel.bounded(capacity, options -> cf.apply(options).withCloseByProducer());
    };
  }

  boolean isFifo() {
    return this != LIFO && this != PRIORITY;
  }

  /// Returns whether only one producer and one consumer may use it.
  boolean isSingleEnded() {
    return this == PRODUCER_CLOSED;
  }
}
