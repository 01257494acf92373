package dev.tandem.testing;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Rounds of a stress test, each with a seed of its own. Some seconds by default;
/// `-Dtandem.stress.seconds=300` gives the test class five minutes, and `-Dtandem.stress.seed=`
/// begins with the round of that seed, which makes the same choices again (in another
/// interleaving).
public final class StressRounds {
  private static final long DEFAULT_SECONDS = 8;

  private StressRounds() {}

  /// One round, or the part of one thread in it.
  @FunctionalInterface
  public interface Round {
    /// Plays the round. Takes every choice from `random`.
    void play(Random random) throws Exception;
  }

  /// Plays rounds until the part's share of the time is over.
  ///
  /// @param what the name of the part, for messages
  /// @param parts the number of parts of the test class
  public static void play(String what, int parts, Round round) {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    System.out.printf("%s: first round is -Dtandem.stress.seed=%d%n", what, seed);
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
          "%s, round %d: -Dtandem.stress.seed=%d: %s".formatted(what, rounds, seed + rounds, e), e);
    }
    System.out.printf("%s: %d rounds%n", what, rounds);
  }
}
