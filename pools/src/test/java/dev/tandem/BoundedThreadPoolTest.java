package dev.tandem;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;

@Tag("threads")
class BoundedThreadPoolTest extends TaskExecutorContract {
  /// More than any test of the common contracts has waiting at once from within a task, where a
  /// full queue refuses instead of blocking.
  private static final int CAPACITY = 64;

  @Override
  TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.newThreadPool(4, base -> cf.apply(base.withQueue(CAPACITY, Saturation.BLOCK)));
  }

  /// A test that wants one task at a time says itself which queue it wants.
  @Override
  TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf) {
    return Tandem.newThreadPool(1, cf);
  }
}
