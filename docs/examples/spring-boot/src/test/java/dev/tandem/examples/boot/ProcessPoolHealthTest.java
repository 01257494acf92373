package dev.tandem.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.PoolState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ProcessPoolHealthTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir Path home;

  @Test
  void isOutOfServiceUntilTheWorkersAreReadyAndWhenAllAreLost() throws Exception {
    String go = home.resolve("go").toString();
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withInitializer(() -> awaitFile(go)))) {
      ProcessPoolHealth indicator = new ProcessPoolHealth(pool);
      Health starting = indicator.health();
      assertThat(starting.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(starting.getDetails()).containsEntry("state", PoolState.Status.STARTING);

      Files.createFile(Path.of(go));
      assertThat(pool.awaitReady(LONG)).isTrue();
      assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);

      Files.delete(Path.of(go)); // its replacement will not be ready
      assertThatThrownBy(pool.submit(() -> System.exit(3))::get).isNotNull();
      Health degraded =
          await()
              .atMost(LONG)
              .until(indicator::health, health -> health.getDetails().containsKey("reason"));
      assertThat(degraded.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(degraded.getDetails())
          .containsEntry("state", PoolState.Status.DEGRADED)
          .hasEntrySatisfying(
              "reason", reason -> assertThat(reason.toString()).contains("System.exit"));
      Files.createFile(Path.of(go));
    }
  }

  @Test
  void isUpWhileOtherWorkersAreThere() throws Exception {
    String go = Files.createFile(home.resolve("go")).toString();
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withInitializer(() -> awaitFile(go)))) {
      assertThat(pool.awaitReady(LONG)).isTrue();
      Files.delete(Path.of(go));
      assertThatThrownBy(pool.submit(() -> System.exit(3))::get).isNotNull();
      await().atMost(LONG).until(() -> pool.state().reason() != null);
      Health health = new ProcessPoolHealth(pool).health();
      assertThat(health.getStatus()).isEqualTo(Status.UP);
      assertThat(health.getDetails()).containsEntry("readyWorkers", 1).containsKey("reason");
      Files.createFile(Path.of(go));
    }
  }

  @Test
  void isDownWhenWorkersCannotBeStarted() throws Exception {
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withInitializer(() -> fail()))) {
      assertThatThrownBy(() -> pool.awaitReady(LONG)).isInstanceOf(PoolStartException.class);
      Health health = new ProcessPoolHealth(pool).health();
      assertThat(health.getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.getDetails().get("reason").toString()).contains("no model");
    }
  }

  private static void fail() {
    throw new IllegalStateException("no model");
  }

  private static void awaitFile(String file) throws InterruptedException {
    while (!Files.exists(Path.of(file))) {
      Thread.sleep(5);
    }
  }
}
