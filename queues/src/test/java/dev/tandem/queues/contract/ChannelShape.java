package dev.tandem.queues.contract;

import dev.tandem.queues.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// One way to make a channel, and its expected properties.
///
/// @param name the name in the test report
/// @param capacity the number of elements that fit; 0 for a rendezvous, [Integer#MAX_VALUE] if
///   unbounded
/// @param order the order in which waiting elements are taken
/// @param ends the number of threads that may use it
/// @param factory makes a channel
public record ChannelShape(String name, int capacity, Order order, Ends ends, Factory factory) {
  /// The order in which waiting elements are taken.
  public enum Order {
    FIFO,
    LIFO,
    PRIORITY
  }

  /// The number of threads that may use a channel.
  public enum Ends {
    MPMC(false, false),
    SPMC(true, false),
    MPSC(false, true),
    SPSC(true, true),
    /// made `withCloseByProducer`
    CLOSED_BY_PRODUCER(true, true);

    final boolean singleProducer;
    final boolean singleConsumer;

    Ends(boolean singleProducer, boolean singleConsumer) {
      this.singleProducer = singleProducer;
      this.singleConsumer = singleConsumer;
    }

    <E> Channel.Config<E> configure(Channel.Config<E> cf) {
      return switch (this) {
        case MPMC -> cf;
        case SPMC -> cf.withSingleProducer();
        case MPSC -> cf.withSingleConsumer();
        case SPSC -> cf.withSingleProducer().withSingleConsumer();
        case CLOSED_BY_PRODUCER -> cf.withCloseByProducer();
      };
    }
  }

  /// What some shape cannot do by its nature, so that a test that needs it makes no sense there.
  public enum Need {
    /// An element that is taken is the object that was put, not a copy.
    SAME_ELEMENT,
    /// The failure that a channel was closed with is thrown as it is, not as a copy.
    SAME_FAILURE,
    /// The statistics of the test's channel count each wait.
    COUNTED_WAITS,
    /// [Channel#asBlockingQueue()]
    QUEUE_VIEW,
    /// [Channel.Config#withUndelivered]
    UNDELIVERED
  }

  /// Makes a channel.
  public interface Factory {
    <E extends Comparable<? super E>> Channel<E> create(UnaryOperator<Channel.Config<E>> cf);

    /// {@return why its channels cannot do what a test needs, or an empty string if they can}
    default String lacks(Need need) {
      return "";
    }

    /// {@return how many elements to move, or rounds to make, where `n` are many}
    default int many(int n) {
      return n;
    }
  }

  private static final int[] CAPACITIES = {1, 2, 3, 1000, 1024};

  /// {@return all shapes}
  public static List<ChannelShape> all() {
    List<ChannelShape> shapes = new ArrayList<>();
    for (Ends ends : Ends.values()) {
      for (int capacity : CAPACITIES) {
        shapes.add(bounded(capacity, ends));
      }
      if (ends != Ends.CLOSED_BY_PRODUCER) {
        shapes.add(unbounded(ends));
      }
    }
    shapes.add(rendezvous(Ends.MPMC));
    shapes.add(rendezvous(Ends.SPSC));
    for (int capacity : new int[] {1, 3, 1000}) {
      shapes.add(lifo(capacity));
      shapes.add(priority(capacity));
    }
    return List.copyOf(shapes);
  }

  static ChannelShape bounded(int capacity, Ends ends) {
    Factory factory =
        new Factory() {
          @Override
          public <E extends Comparable<? super E>> Channel<E> create(
              UnaryOperator<Channel.Config<E>> cf) {
            return Channel.bounded(capacity, cf);
          }
        };
    return new ChannelShape("bounded " + capacity, capacity, Order.FIFO, ends, factory);
  }

  static ChannelShape unbounded(Ends ends) {
    Factory factory =
        new Factory() {
          @Override
          public <E extends Comparable<? super E>> Channel<E> create(
              UnaryOperator<Channel.Config<E>> cf) {
            return Channel.unbounded(cf);
          }
        };
    return new ChannelShape("unbounded", Integer.MAX_VALUE, Order.FIFO, ends, factory);
  }

  static ChannelShape rendezvous(Ends ends) {
    Factory factory =
        new Factory() {
          @Override
          public <E extends Comparable<? super E>> Channel<E> create(
              UnaryOperator<Channel.Config<E>> cf) {
            return Channel.rendezvous(cf);
          }
        };
    return new ChannelShape("rendezvous", 0, Order.FIFO, ends, factory);
  }

  static ChannelShape lifo(int capacity) {
    Factory factory =
        new Factory() {
          @Override
          public <E extends Comparable<? super E>> Channel<E> create(
              UnaryOperator<Channel.Config<E>> cf) {
            return Channel.lifo(capacity, cf);
          }
        };
    return new ChannelShape("lifo " + capacity, capacity, Order.LIFO, Ends.MPMC, factory);
  }

  static ChannelShape priority(int capacity) {
    Factory factory =
        new Factory() {
          @Override
          public <E extends Comparable<? super E>> Channel<E> create(
              UnaryOperator<Channel.Config<E>> cf) {
            return Channel.priority(capacity, Comparator.naturalOrder(), cf);
          }
        };
    return new ChannelShape("priority " + capacity, capacity, Order.PRIORITY, Ends.MPMC, factory);
  }

  /// {@return a new channel of this shape}
  public <E extends Comparable<? super E>> Channel<E> create(UnaryOperator<Channel.Config<E>> cf) {
    return factory.create(c -> cf.apply(ends.configure(c)));
  }

  public boolean isBounded() {
    return capacity < Integer.MAX_VALUE;
  }

  public boolean isRendezvous() {
    return capacity == 0;
  }

  public boolean isClosedByProducer() {
    return ends == Ends.CLOSED_BY_PRODUCER;
  }

  /// {@return `n` different numbers, mixed so that each order of taking shows}
  public static List<Integer> numbers(int n) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(numbers, new Random(n));
    return numbers;
  }

  /// {@return these elements in the order in which they are taken after they were put in theirs}
  List<Integer> inTakeOrder(List<Integer> put) {
    return switch (order) {
      case FIFO -> put;
      case LIFO -> put.reversed();
      case PRIORITY -> put.stream().sorted().toList();
    };
  }

  @Override
  public String toString() {
    return name + " " + ends;
  }
}
