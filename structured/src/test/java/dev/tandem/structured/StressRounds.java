package dev.tandem.structured;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Rounds of a stress test, each with a seed of its own. Some seconds by default;
/// `-Dtandem.stress.seconds=300` gives the test class five minutes, and `-Dtandem.stress.seed=`
/// begins with the round of that seed, which makes the same choices again (in another
/// interleaving).
final class StressRounds {
  interface Round {
    void play(Random random) throws Exception;
  }

  private static final long DEFAULT_SECONDS = 6;

  private StressRounds() {}

  /// Plays rounds for a part of the time.
  static void play(String what, int parts, Round round) {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    long all = TimeUnit.SECONDS.toNanos(Long.getLong("tandem.stress.seconds", DEFAULT_SECONDS));
    long end = System.nanoTime() + all / parts;
    int rounds = 0;
    try {
      do {
        round.play(new Random(seed + rounds));
        rounds++;
      } while (System.nanoTime() < end);
    } catch (Throwable e) {
      throw new AssertionError(
          "%s, round %d: -Dtandem.stress.seed=%d".formatted(what, rounds, seed + rounds), e);
    }
    System.out.printf("%s: %d rounds from -Dtandem.stress.seed=%d%n", what, rounds, seed);
  }
}
