package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;
import static dev.tandem.queues.Checks.positive;

import dev.tandem.queues.internal.LiveChannels;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/// The factory of channels, which chooses the class for each shape.
final class Channels {
  private Channels() {}

  static <E> Channel<E> bounded(int capacity, UnaryOperator<Channel.Config<E>> cf) {
    if (positive(capacity, "capacity") > RingChannel.MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity: %s (expected: at most %s; an unbounded channel grows as it needs)"
              .formatted(capacity, RingChannel.MAX_CAPACITY));
    }
    ChannelOptions<E> options = ChannelOptions.from(cf);
    return shown(
        options.closeByProducer()
            ? new ProducerClosedChannel<>(capacity, options)
            : new RingChannel<>(capacity, options));
  }

  static <E> Channel<E> unbounded(UnaryOperator<Channel.Config<E>> cf) {
    return shown(new LinkedRingChannel<>(closedByAnyone("an unbounded channel", cf)));
  }

  static <E> Channel<E> rendezvous(UnaryOperator<Channel.Config<E>> cf) {
    return shown(new RendezvousChannel<>(closedByAnyone("a rendezvous", cf)));
  }

  static <E> Channel<E> lifo(int capacity, UnaryOperator<Channel.Config<E>> cf) {
    positive(capacity, "capacity");
    return shown(
        new LockedChannel<>(new StackStore<>(), capacity, closedByAnyone("a LIFO channel", cf)));
  }

  static <E> Channel<E> priority(
      int capacity, Comparator<? super E> order, UnaryOperator<Channel.Config<E>> cf) {
    positive(capacity, "capacity");
    return shown(
        new LockedChannel<>(
            new HeapStore<>(notNull(order, "order")),
            capacity,
            closedByAnyone("a priority channel", cf)));
  }

  /// Shows a channel in dumps if it has a name. One without is shown from the first wait on.
  private static <E> Channel<E> shown(AbstractChannel<E> channel) {
    if (!channel.name().equals(ChannelOptions.NO_NAME)) {
      LiveChannels.add(channel);
    }
    return channel;
  }

  private static <E> ChannelOptions<E> closedByAnyone(
      String shape, UnaryOperator<Channel.Config<E>> cf) {
    ChannelOptions<E> options = ChannelOptions.from(cf);
    if (options.closeByProducer()) {
      throw new IllegalArgumentException(
          "cannot combine withCloseByProducer with " + shape + ", only with a bounded channel");
    }
    return options;
  }
}
