package dev.tandem.pools;

import dev.tandem.core.ExecutorConfig;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// What a body that can be sent may rely on, wherever it runs: one suite for threads, virtual
/// threads and processes. What only bodies in this JVM can show is in `TaskExecutorContract`.
abstract class PortableContract
    implements PortableSubmitContract, PortableMapContract, PortableEndContract {
  @TempDir Path directory;
  private final List<TaskExecutor> opened = new ArrayList<>();

  @Override
  public final Path directory() {
    return directory;
  }

  final TaskExecutor closedLater(TaskExecutor executor) {
    opened.add(executor);
    return executor;
  }

  static <C extends ExecutorConfig<C>> C listening(C cf, TaskListener... listeners) {
    C configured = cf;
    for (TaskListener listener : listeners) {
      configured = configured.withListener(listener);
    }
    return configured;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(TaskExecutor::close);
  }
}
