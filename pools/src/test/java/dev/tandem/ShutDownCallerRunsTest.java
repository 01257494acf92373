package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A pool of the JDK's that was shut down throws away what it is given, if its saturation policy is
/// `CallerRunsPolicy`.
class ShutDownCallerRunsTest {
  private final ThreadPoolExecutor delegate =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new ThreadPoolExecutor.CallerRunsPolicy());

  @Test
  void taskThatIsThrownAwayIsRefusedAndTheExecutorEnds() throws InterruptedException {
    TaskExecutor executor = Tandem.taskExecutor(delegate);
    TaskListener shutsDown =
        new TaskListener() {
          @Override
          public void submitted(TaskInfo task) {
            delegate.shutdown();
          }
        };
    try {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> executor.submit(Task.of("late", () -> 1), shutsDown));
    } finally {
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }
}
