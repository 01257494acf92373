package dev.tandem;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;

@Tag("threads")
class LimitedVirtualThreadExecutorTest extends TaskExecutorContract {
  @Override
  TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.newVirtualThreadExecutor(base -> cf.apply(base.withConcurrency(4)));
  }

  @Override
  TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.newVirtualThreadExecutor(base -> cf.apply(base.withConcurrency(1)));
  }
}
