package dev.tandem;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/// The contract over an adapter of somebody else's executor.
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
}
