package dev.tandem.pools.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tandem.core.TaskExecutor;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;

/// Rounds of a stress test, each with a seed of its own. A second or so by default;
/// `-Dtandem.stress.seconds=300` gives each stress test class five minutes, and
/// `-Dtandem.stress.seed=` begins with the round of that seed, which makes the same choices again
/// (in another interleaving).
final class StressRounds {
  interface Round {
    void play(Random random) throws Exception;
  }

  static {
    // the module under test reads SLF4J alone
    ModuleLayer.boot()
        .findModule("ch.qos.logback.classic")
        .ifPresent(StressRounds.class.getModule()::addReads);
  }

  private StressRounds() {}

  static void play(StressKind kind, Round round) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(TaskExecutor.class);
    Level level = logger.getLevel();
    logger.setLevel(Level.OFF); // failures that nobody reads are part of the game
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    System.out.printf("%s: first round is -Dtandem.stress.seed=%d%n", kind, seed);
    int rounds = 0;
    try {
      long end = System.nanoTime() + nanosFor(kind);
      do {
        round.play(new Random(seed + rounds));
        rounds++;
      } while (System.nanoTime() < end);
    } catch (Throwable e) {
      throw new AssertionError(
          "%s, round %d: -Dtandem.stress.seed=%d".formatted(kind, rounds, seed + rounds), e);
    } finally {
      logger.setLevel(level);
    }
    System.out.printf("%s: %d rounds%n", kind, rounds);
  }

  private static long nanosFor(StressKind kind) {
    long all = TimeUnit.SECONDS.toNanos(Long.getLong("tandem.stress.seconds", 6));
    return all / StressKind.values().length;
  }

  /// Simulates work that waits.
  static void pause(long nanos) throws InterruptedException {
    if (nanos > 100_000) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } else {
      LockSupport.parkNanos(nanos);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// A thread that plays one part in a round; what it throws fails the round.
  static final class Actor {
    private final Thread thread;
    private volatile Throwable failure;

    Actor(String name, Round part, long seed) {
      this.thread =
          Thread.ofPlatform()
              .name("stress-" + name)
              .start(() -> {
                try {
                  part.play(new Random(seed));
                } catch (Throwable e) {
                  failure = e;
                }
              });
    }

    Thread thread() {
      return thread;
    }

    void join() throws InterruptedException {
      if (!thread.join(Duration.ofSeconds(30))) {
        AssertionError stuck = new AssertionError(thread.getName() + " is stuck");
        stuck.setStackTrace(thread.getStackTrace());
        throw stuck;
      }
      if (failure != null) {
        throw new AssertionError(thread.getName() + " failed", failure);
      }
    }
  }
}
