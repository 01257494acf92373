package dev.tandem.queues;

import dev.tandem.queues.internal.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// The steps of the tests on a channel.
final class StressSteps {
  /* These are the steps inside the public methods, without their exceptions: to throw one takes so
   * long that the other actor would be many states ahead, and nothing would race.
   *
   * A wait without end lasts twenty seconds here: a lost wake-up is then a result that jcstress
   * reports. After thirty seconds it would give up and say only that. */

  static final Duration LONG = Duration.ofSeconds(20);

  private StressSteps() {}

  /// Puts, waiting for room: PUT, CLOSED, or FULL when a wake-up was lost.
  static <E> int put(AbstractChannel<E> channel, E e) {
    return put(channel, e, Deadline.in(LONG));
  }

  /// Puts, waiting for room within a time: PUT, CLOSED, or FULL.
  static <E> int put(AbstractChannel<E> channel, E e, Deadline deadline) {
    try {
      int result = channel.tryPut(e);
      return result == AbstractChannel.FULL ? channel.awaitPut(e, deadline) : result;
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  /// Takes, waiting for an element: the element, END, or null when a wake-up was lost.
  static Object take(AbstractChannel<?> channel) {
    return take(channel, Deadline.in(LONG));
  }

  /// Takes, waiting for an element within a time: the element, END, or null.
  static Object take(AbstractChannel<?> channel, Deadline deadline) {
    try {
      Object result = channel.tryTake();
      return result == null ? channel.awaitTake(deadline) : result;
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  /// Counts an element in a decimal digit of its own: 1 in the last one, 2 in the one before it. So
  /// the sum over all deliveries shows how many times each was delivered. Nothing counts 0.
  static int digit(Object element) {
    int sum = element instanceof Integer ? 1 : 0;
    for (int i = 1; element instanceof Integer e && i < e; i++) {
      sum *= 10;
    }
    return sum;
  }

  /// Takes all elements that are left.
  static int rest(AbstractChannel<?> channel) {
    int sum = 0;
    Object element;
    while ((element = channel.tryTake()) != null && element != AbstractChannel.END) {
      sum += digit(element);
    }
    return sum;
  }

  /// Puts 1, 2 and so on until the channel is full, four at most, and gives their sum.
  static int filled(AbstractChannel<Integer> channel) {
    int sum = 0;
    for (int i = 1; i <= 4 && channel.tryPut(i) == AbstractChannel.PUT; i++) {
      sum += digit(i);
    }
    return sum;
  }

  /// A time within which a wait is spinning, parking, or parked.
  static Deadline shortTime() {
    return Deadline.inNanos(ThreadLocalRandom.current().nextInt(30_000));
  }

  /// Lets the other actor get anywhere between its first spin and its park.
  static void pause() {
    for (int i = ThreadLocalRandom.current().nextInt(400); i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
