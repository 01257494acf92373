package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.testing.CapturedLog;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.event.Level;

/// `Task.withRetries` where nothing that runs tasks can be lost.
class RetriesOnThreadsTest {
  private static final UnaryOperator<ThreadConfig> NAMED = cf -> cf.withName("without-retries");

  static final List<Function<UnaryOperator<ThreadConfig>, TaskExecutor>> EXECUTORS =
      List.of(
          cf -> Tandem.newThreadPool(1, cf),
          Tandem::newVirtualThreadExecutor,
          cf -> Tandem.newVirtualThreadExecutor(c -> cf.apply(c).withConcurrency(1)),
          cf -> Tandem.taskExecutor(Executors.newCachedThreadPool(), cf));

  @ParameterizedTest
  @FieldSource("EXECUTORS")
  void withRetriesSaysOncePerExecutorThatItHasNoEffect(
      Function<UnaryOperator<ThreadConfig>, TaskExecutor> maker) throws Exception {
    Task<String> task = Task.of("load", () -> "loaded");
    Task<String> retried = task.withRetries(3);
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      for (int i = 0; i < 2; i++) {
        try (TaskExecutor executor = maker.apply(NAMED)) {
          assertThat(executor.submit(task).get()).isEqualTo("loaded");
          assertThat(log.about("without-retries")).hasSize(i);
          assertThat(executor.submit(retried).get()).isEqualTo("loaded");
          assertThat(executor.submit(retried, new TaskListener() {}).get()).isEqualTo("loaded");
          assertThat(log.about("without-retries")).hasSize(i + 1);
        }
      }
      assertThat(log.about("without-retries"))
          .allSatisfy(entry -> {
            assertThat(entry.level()).isEqualTo(Level.WARN);
            assertThat(entry.message()).contains("withRetries(3)", "load", "no effect");
          });
    }
  }
}
