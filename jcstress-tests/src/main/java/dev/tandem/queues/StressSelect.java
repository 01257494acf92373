package dev.tandem.queues;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Selects that wait, as [StressSteps] waits: a lost wake-up is a result.
final class StressSelect {
  private StressSelect() {}

  /// Takes from one of two: the element, -1 when a wake-up was lost, -2 when all are closed.
  static int take(AbstractChannel<Integer> one, AbstractChannel<Integer> two) {
    return select(StressSteps.LONG, -1, one.onTake(e -> e), two.onTake(e -> e));
  }

  /// Takes from one of two within a time that may be too short: the element or 0.
  static int takeInShortTime(AbstractChannel<Integer> one, AbstractChannel<Integer> two) {
    Duration time = Duration.ofNanos(ThreadLocalRandom.current().nextInt(30_000));
    return select(time, 0, one.onTake(e -> e), two.onTake(e -> e));
  }

  /// Puts into one of two: 0, or -1 when a wake-up was lost, -2 when one is closed.
  static int put(AbstractChannel<Integer> one, AbstractChannel<Integer> two, Integer e) {
    return select(StressSteps.LONG, -1, one.onPut(e, () -> 0), two.onPut(e, () -> 0));
  }

  /// Puts into one or takes from the other: 0 or the element, -1 when a wake-up was lost.
  static int putOrTake(AbstractChannel<Integer> in, Integer e, AbstractChannel<Integer> out) {
    return select(StressSteps.LONG, -1, in.onPut(e, () -> 0), out.onTake(taken -> taken));
  }

  private static int select(
      Duration time, int late, Select.Clause<Integer> one, Select.Clause<Integer> two) {
    try {
      return Select.<Integer>select(one, two, Select.after(time, () -> late));
    } catch (ChannelClosedException _) {
      return -2;
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
