package dev.tandem.pools.internal.thread;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ExecutorStats;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Maps of every shape, several at once on one executor, some of them stopped at random: each input
/// is worked on once, each result comes once and in order, nothing runs ahead of its bounds, and
/// nothing runs on after the end.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class MapStressTest {
  @ParameterizedTest
  @EnumSource
  void everyResultIsAccountedFor(StressKind kind) throws Exception {
    kind.play(random -> play(kind, random));
  }

  private static void play(StressKind kind, Random random) throws Exception {
    AbstractTaskExecutor executor = kind.create();
    // a shutdown may end any map, so the rounds without are the strict ones
    boolean stops = random.nextInt(3) == 0;
    List<StressedMap> maps = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      maps.add(new StressedMap(executor, random, stops));
    }
    List<StressActor> actors = new ArrayList<>();
    for (StressedMap map : maps) {
      StressActor consumer = new StressActor("consumer", _ -> map.consume(), 0);
      actors.add(consumer);
      if (map.isDisturbed()) {
        actors.add(
            new StressActor(
                "disturber", r -> map.disturb(consumer.thread(), r), random.nextLong()));
      }
    }
    if (stops) {
      StressActor.pause(random.nextInt(3_000_000));
      stop(executor, random);
    }
    for (StressActor actor : actors) {
      actor.join();
    }
    for (StressedMap map : maps) {
      map.check();
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("terminated").isTrue();
    ExecutorStats stats = executor.stats();
    assertThat(stats.running()).as("running").isZero();
    assertThat(stats.completed()).as("completed").isEqualTo(stats.submitted());
    executor.close();
  }

  private static void stop(AbstractTaskExecutor executor, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> executor.shutdown();
      case 1 -> {
        var _ = executor.shutdownNow();
      }
      default -> assertThat(executor.close(Duration.ofNanos(random.nextInt(2_000_000)))).isEmpty();
    }
  }
}
