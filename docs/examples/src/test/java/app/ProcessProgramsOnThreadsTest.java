package app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The lines of P07Hybrid, P15SameLine and P18Context on threads; as they are, they need process
 * pools.
 */
class ProcessProgramsOnThreadsTest {
  static final ScopedValue<String> TENANT = ScopedValue.newInstance();

  @AfterEach
  void clearContext() {
    MDC.clear();
  }

  @Test
  void theSameLineSumsOnPlatformAndOnVirtualThreads() {
    List<IntFunction<? extends TaskExecutor>> kinds =
        List.of(Tandem::newThreadPool, Tandem::newVirtualThreadExecutor);
    for (var kind : kinds) {
      try (TaskExecutor executor = kind.apply(4)) {
        assertThat(sums(executor)).isEqualTo(Collections.nCopies(4, Web.sumOfSquares(10_000_000L)));
      }
    }
  }

  private static List<Long> sums(TaskExecutor executor) {
    return executor.map(Collections.nCopies(4, 10_000_000L), Web::sumOfSquares).toList();
  }

  @Test
  void oneScopeHoldsWorkOnVirtualThreadsAndWorkInAPool() throws Exception {
    record Report(String users, long sum) {}

    Report report;
    try (var cpu = Tandem.newThreadPool(2);
        var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(10)))) {
      Subtask<String> users = scope.fork(() -> Web.json("/users"));
      Subtask<Long> sum = scope.forkOn(cpu, () -> Web.sumOfSquares(10_000_000));
      scope.forkOn(
          cpu, Task.of("warm-up", () -> Web.sumOfSquares(1)).withTimeout(Duration.ofSeconds(1)));
      scope.join();
      report = new Report(users.get(), sum.get());
    }
    assertThat(report).isEqualTo(new Report("{}", Web.sumOfSquares(10_000_000)));
  }

  @Test
  void contextReachesTheLogOfTheTask() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("worker");
    ListAppender<ILoggingEvent> records = new ListAppender<>();
    records.start();
    logger.addAppender(records);
    try (var pool =
        Tandem.newThreadPool(
            2,
            cf ->
                cf.withContext(
                    ContextPropagator.mdc(), ContextPropagator.scopedValue(() -> TENANT)))) {
      MDC.put("trace", "4711");
      ScopedValue.where(TENANT, "acme")
          .call(() ->
              pool.submit(() -> LoggerFactory.getLogger("worker").info("for {}", TENANT.get()))
                  .get());
    } finally {
      logger.detachAppender(records);
    }
    assertThat(records.list).hasSize(1);
    assertThat(records.list.getFirst().getFormattedMessage()).isEqualTo("for acme");
    assertThat(records.list.getFirst().getMDCPropertyMap()).containsEntry("trace", "4711");
  }
}
