package dev.tandem.queues;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;

/// The shapes of a channel. A test makes each of its states with one of those that it is about, at
/// random, and its first result says which: so one test covers them all, in each of jcstress's
/// configurations.
enum StressShape {
  /// Each put waits for the take before it.
  RING_1,
  /// The capacity is not the number of slots.
  RING_3,
  /// The smallest ring that does not wake a putter for each element.
  RING_4,
  UNBOUNDED,
  LIFO,
  PRIORITY,
  RENDEZVOUS,
  /// Wakes with a backstop only.
  PRODUCER_CLOSES;

  /// {@return all shapes but these}
  static StressShape[] allBut(StressShape... these) {
    EnumSet<StressShape> left = EnumSet.allOf(StressShape.class);
    left.removeAll(Arrays.asList(these));
    return left.toArray(new StressShape[0]);
  }

  static StressShape oneOf(StressShape... shapes) {
    return shapes[ThreadLocalRandom.current().nextInt(shapes.length)];
  }

  <E> AbstractChannel<E> channel() {
    return (AbstractChannel<E>) this.<E>make();
  }

  <E> BufferedChannel<E> buffered() {
    return (BufferedChannel<E>) this.<E>make();
  }

  private <E> Channel<E> make() {
    return switch (this) {
      case RING_1 -> Channel.bounded(1);
      case RING_3 -> Channel.bounded(3);
      case RING_4 -> Channel.bounded(4);
      case UNBOUNDED -> Channel.unbounded();
      case LIFO -> Channel.lifo(2);
      case PRIORITY -> Channel.priority(2, Comparator.comparingInt(Object::hashCode));
      case RENDEZVOUS -> Channel.rendezvous();
      case PRODUCER_CLOSES -> Channel.bounded(2, cf -> cf.withCloseByProducer());
    };
  }
}
