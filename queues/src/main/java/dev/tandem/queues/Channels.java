package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;
import static dev.tandem.queues.Checks.positive;

import java.util.Comparator;
import java.util.function.UnaryOperator;

/// The factory of channels, which chooses the class for each shape.
final class Channels {
  private Channels() {}

  static <E> Channel<E> bounded(int capacity, UnaryOperator<Channel.Config<E>> config) {
    if (positive(capacity, "capacity") > RingChannel.MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity: %d (expected: at most %d; an unbounded channel grows as it needs)"
              .formatted(capacity, RingChannel.MAX_CAPACITY));
    }
    ChannelOptions<E> options = ChannelOptions.from(config);
    return options.closeByProducer()
        ? new ProducerClosedChannel<>(capacity, options)
        : new RingChannel<>(capacity, options);
  }

  static <E> Channel<E> unbounded(UnaryOperator<Channel.Config<E>> config) {
    return new LinkedRingChannel<>(closedByAnyone("an unbounded channel", config));
  }

  static <E> Channel<E> rendezvous(UnaryOperator<Channel.Config<E>> config) {
    return new RendezvousChannel<>(closedByAnyone("a rendezvous", config));
  }

  static <E> Channel<E> lifo(int capacity, UnaryOperator<Channel.Config<E>> config) {
    positive(capacity, "capacity");
    return new LockedChannel<>(
        new StackStore<>(), capacity, closedByAnyone("a LIFO channel", config));
  }

  static <E> Channel<E> priority(
      int capacity, Comparator<? super E> order, UnaryOperator<Channel.Config<E>> config) {
    positive(capacity, "capacity");
    return new LockedChannel<>(
        new HeapStore<>(notNull(order, "order")),
        capacity,
        closedByAnyone("a priority channel", config));
  }

  private static <E> ChannelOptions<E> closedByAnyone(
      String shape, UnaryOperator<Channel.Config<E>> config) {
    ChannelOptions<E> options = ChannelOptions.from(config);
    if (options.closeByProducer()) {
      throw new IllegalArgumentException(
          "cannot combine withCloseByProducer with " + shape + ", only with a bounded channel");
    }
    return options;
  }
}
