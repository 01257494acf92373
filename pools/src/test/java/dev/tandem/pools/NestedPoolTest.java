package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 24: a task in a worker wants to use a pool.
class NestedPoolTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void poolCannotBeSentToItsWorkers() {
    ProcessPool pool = probe.open(1);

    Future<Integer> future = probe.watch(pool.submit(() -> pool.submit(() -> 1).get()));

    assertThat(future).isDone();
    assertThat(Failures.cause(future)).hasMessageContaining("not serializable");
  }

  @Test
  void poolInAStaticFieldIsRefusedInAWorker() throws Exception {
    ProcessPool pool = probe.open(1);

    Future<Integer> future = probe.watch(pool.submit(() -> Application.sumOnPool()));

    assertThat(Failures.cause(future)).hasStackTraceContaining("inside worker");
    assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  /// An application that has its pool in a static field, as Java has no `__main__` guard.
  static final class Application {
    private static final ProcessPool POOL = Tandem.newProcessPool(2);

    private Application() {}

    static int sumOnPool() throws Exception {
      return POOL.submit(() -> 1).get() + 1;
    }
  }

  @Test
  void threadPoolInsideAWorkerWorks() throws Exception {
    ProcessPool pool = probe.open(1);

    assertThat(pool.submit(() -> sumOnThreads()).get(20, TimeUnit.SECONDS)).isEqualTo(12);
  }

  private static int sumOnThreads() {
    try (TaskExecutor threads = Tandem.newThreadPool(2)) {
      return threads.map(List.of(1, 2, 3), n -> 2 * n).mapToInt(n -> n).sum();
    }
  }
}
