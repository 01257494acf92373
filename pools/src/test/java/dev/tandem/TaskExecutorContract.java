package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Every contract of a [TaskExecutor]; one subclass for each executor there is. After each test
/// whatever was created is stopped, and must then terminate: so every test also checks that no
/// thread, permit or queued task was lost on the way.
abstract class TaskExecutorContract implements ExecutorServiceContract, OwnContract {
  @TempDir Path directory;
  private final List<ExecutorService> created = new ArrayList<>();

  @Override
  public final Path directory() {
    return directory;
  }

  /// {@return a new executor with this configuration}
  abstract TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf);

  /// {@return a new executor with this configuration that runs one task at a time}
  abstract TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf);

  @Override
  public final TaskExecutor create(UnaryOperator<ThreadConfig> cf) {
    return tracked(newExecutor(cf));
  }

  @Override
  public final TaskExecutor createSingle(UnaryOperator<ThreadConfig> cf) {
    needs(Need.QUEUE);
    return tracked(newSingleExecutor(cf));
  }

  /// {@return the executor, which will be stopped after the test}
  final <E extends ExecutorService> E tracked(E executor) {
    created.addFirst(executor);
    return executor;
  }

  @AfterEach
  void everyExecutorTerminates() throws InterruptedException {
    var _ = Thread.interrupted();
    for (ExecutorService executor : created) {
      var _ = executor.shutdownNow();
    }
    for (ExecutorService executor : created) {
      assertThat(executor.awaitTermination(20, TimeUnit.SECONDS))
          .as("%s terminated after the test", executor)
          .isTrue();
    }
  }
}
