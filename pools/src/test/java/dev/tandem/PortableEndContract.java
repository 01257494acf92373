package dev.tandem;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/// The ways in which an executor ends, wherever its tasks run.
interface PortableEndContract extends PortableFixture {
  @Test
  default void shutdownRunsWhatWasAcceptedAndRefusesTheRest() throws Exception {
    TaskExecutor executor = openSingle();
    List<Future<Integer>> accepted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int n = i;
      accepted.add(executor.submit(() -> n));
    }

    executor.shutdown();

    assertThat(executor.isShutdown()).isTrue();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(() -> 1))
        .withMessageContaining(executor.stats().name());
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    for (int i = 0; i < 20; i++) {
      assertThat(accepted.get(i).resultNow()).isEqualTo(i);
    }
  }

  @Test
  default void shutdownNowStopsWhatRunsAndGivesBackWhatWaits() throws Exception {
    TaskExecutor executor = openSingle();
    Mark never = mark("never");
    Mark ran = mark("ran");
    Future<Long> running = running(executor, never);
    executor.execute(() -> ran.set());

    assertThat(executor.shutdownNow()).hasSize(1);

    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(running).isDone();
    assertThat(running.state()).isNotEqualTo(Future.State.SUCCESS);
    assertThat(ran.isSet()).isFalse();
  }

  @Test
  default void awaitTerminationGivesUpInTime() throws Exception {
    TaskExecutor executor = openSingle();
    Mark release = mark("release");
    Future<Long> running = running(executor, release);
    executor.shutdown();

    assertThat(executor.awaitTermination(1, MILLISECONDS)).isFalse();
    assertThat(executor.isTerminated()).isFalse();

    release.set();
    assertThat(running.get(20, SECONDS)).isPositive();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void closeWaitsForAll() throws Exception {
    Mark ran = mark("ran");
    TaskExecutor executor = openSingle();
    executor.execute(() -> ran.set());

    executor.close();

    assertThat(ran.isSet()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    executor.close(); // once more does nothing
  }

  @Test
  default void closeInTimeStopsWhatDoesNotEnd() throws Exception {
    TaskExecutor executor = openSingle();
    Mark never = mark("never");
    Future<Long> running = running(executor, never);

    assertThat(executor.close(Duration.ofMillis(50))).isEmpty();

    assertThat(running).isDone();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }
}
