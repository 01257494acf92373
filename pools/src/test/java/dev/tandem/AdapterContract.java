package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract over an adapter of somebody else's executor.
@Tag("threads")
abstract class AdapterContract extends TaskExecutorContract {
  /// {@return a new executor to adapt}
  abstract ExecutorService newDelegate();

  @Override
  final TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.taskExecutor(tracked(newDelegate()), cf);
  }

  @Override
  TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.taskExecutor(tracked(newDelegate()), base -> cf.apply(base.withConcurrency(1)));
  }

  @Override
  public String lacks(Need need) {
    return need == Need.THREAD_FACTORY ? "the threads are those of the adapted executor" : "";
  }

  @Test
  void closingTheAdapterShutsTheAdaptedExecutorDown() throws Exception {
    ExecutorService delegate = tracked(newDelegate());
    TaskExecutor executor = Tandem.taskExecutor(delegate);
    var _ = soon(executor.submit(() -> "done"));
    executor.close();
    assertThat(delegate.isTerminated()).isTrue();
  }

  @Test
  void adaptedExecutorThatWasShutDownTakesNoTasks() throws Exception {
    ExecutorService delegate = tracked(newDelegate());
    TaskExecutor executor = tracked(Tandem.taskExecutor(delegate));
    delegate.shutdown();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(() -> "late"));
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.execute(() -> {}));
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(executor.stats().submitted()).isZero();
  }

  @Test
  void waitingTaskEndsWhenTheAdaptedExecutorWasShutDownMeanwhile() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService delegate = tracked(newDelegate());
    TaskExecutor executor = tracked(Tandem.taskExecutor(delegate, cf -> cf.withConcurrency(1)));
    HeldTask running = new HeldTask();
    Future<String> first = executor.submit(running);
    running.awaitStarted();
    Future<String> second = executor.submit(() -> "second");
    delegate.shutdown();
    running.release();
    assertThat(soon(first)).isEqualTo(HeldTask.RESULT);
    // most refuse it; a fork-join pool takes what comes from a thread of its own
    try {
      assertThat(soon(second)).isEqualTo("second");
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(RejectedExecutionException.class);
    }
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }
}
