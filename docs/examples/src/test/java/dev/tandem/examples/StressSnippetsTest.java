package dev.tandem.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The snippet of testing.md about stress tests. */
class StressSnippetsTest {
  // @start region="rounds"
  @Test
  void nothingIsLostWhoeverCloses() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    long seconds = Long.getLong("seconds", 1); // more at night
    long end = System.nanoTime() + SECONDS.toNanos(seconds);
    do {
      try {
        round(new Random(seed));
      } catch (Throwable e) {
        throw new AssertionError("again with -Dseed=" + seed, e);
      }
      seed++;
    } while (System.nanoTime() < end);
  } // @end

  // @start region="ledger"
  private static void round(Random random) throws Exception {
    Channel<Integer> channel = Channel.bounded(1 + random.nextInt(4));
    Set<Integer> accepted = ConcurrentHashMap.newKeySet(); // the ledger: what went in
    Set<Integer> delivered = ConcurrentHashMap.newKeySet(); // and what came out
    List<Future<?>> actors = new ArrayList<>();
    try (var threads =
        Tandem.newVirtualThreadExecutor(cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      for (int p = 0; p < 3; p++) {
        int first = p * 1_000;
        int closesAt = p == 0 ? random.nextInt(1_000) : 1_000; // the first closes in the middle
        actors.add(threads.submit(() -> put(channel, first, closesAt, accepted)));
        actors.add(threads.submit(() -> take(channel, delivered)));
      }
      for (Future<?> actor : actors) {
        actor.get(20, SECONDS); // a hang is a failure, too
      }
    }
    assertThat(delivered).isEqualTo(accepted); // none lost; take() finds doubles
  } // @end

  private static void put(Channel<Integer> to, int first, int closesAt, Set<Integer> accepted)
      throws InterruptedException {
    try {
      for (int i = 0; i < 1_000; i++) {
        if (i == closesAt) {
          to.close();
        }
        to.put(first + i);
        accepted.add(first + i);
      }
    } catch (ChannelClosedException _) {
      // as agreed
    }
  }

  private static void take(Channel<Integer> from, Set<Integer> delivered) {
    for (int element : from) {
      assertThat(delivered.add(element)).as("%s is delivered once", element).isTrue();
    }
  }
}
