package dev.tandem;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;

@Tag("threads")
class ThreadPoolTest extends TaskExecutorContract {
  @Override
  TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.newThreadPool(4, cf);
  }

  @Override
  TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.newThreadPool(1, cf);
  }
}
