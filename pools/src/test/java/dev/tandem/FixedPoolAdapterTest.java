package dev.tandem;

import dev.tandem.core.TaskExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class FixedPoolAdapterTest extends AdapterContract {
  @Override
  ExecutorService newDelegate() {
    return Executors.newFixedThreadPool(4);
  }

  /// Here the waiting tasks stand in the queue of the adapted pool, so that its `shutdownNow` gives
  /// back what is ours.
  @Override
  public TaskExecutor createSingle() {
    return tracked(Tandem.taskExecutor(tracked(Executors.newFixedThreadPool(1))));
  }
}
