package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.TaskExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Plain fields cross from the submitter to the body and back.
interface MemoryContract extends ExecutorFixture {
  int ROUNDS = 500;

  /// Two plain fields, no synchronization of their own.
  final class Plain {
    int in;
    int out;
  }

  @Test
  default void bodySeesWhatWasDoneBeforeSubmitAndGetSeesWhatTheBodyDid() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    for (int i = 1; i <= ROUNDS; i++) {
      Plain plain = new Plain();
      plain.in = i;
      Future<?> future =
          executor.submit(() -> {
            plain.out = plain.in;
          });
      var _ = soon(future);
      assertThat(plain.out).isEqualTo(i);
    }
  }

  @Test
  default void isDoneAndResultNowSeeWhatTheBodyDid() {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    for (int i = 1; i <= ROUNDS; i++) {
      Plain plain = new Plain();
      plain.in = i;
      Future<?> future =
          executor.submit(() -> {
            plain.out = plain.in;
          });
      while (!future.isDone()) {
        Thread.yield();
      }
      assertThat(plain.out).isEqualTo(i);
    }
  }

  @Test
  default void listenerSeesWhatTheBodyDid() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    for (int i = 1; i <= ROUNDS; i++) {
      Plain plain = new Plain();
      plain.in = i;
      CompletableFuture<Integer> seen = new CompletableFuture<>();
      ListenableFuture<?> future =
          executor.submit(() -> {
            plain.out = plain.in;
          });
      future.addListener(() -> seen.complete(plain.out), directExecutor());
      assertThat(soon(seen)).isEqualTo(i);
    }
  }

  @Test
  default void awaitTerminationSeesWhatExecutedBodyDid() throws Exception {
    needs(Need.SAME_JVM);
    for (int i = 1; i <= ROUNDS / 10; i++) {
      ExecutorService executor = create();
      Plain plain = new Plain();
      plain.in = i;
      executor.execute(() -> {
        plain.out = plain.in;
      });
      executor.shutdown();
      assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
      assertThat(plain.out).isEqualTo(i);
    }
  }
}
