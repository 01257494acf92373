package dev.tandem.structured;

import com.google.common.util.concurrent.AbstractFuture;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.TaskExecutor;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// The future of a subtask whose body an actor plays: it counts how often it is cancelled, and does
/// not complete.
final class StressFuture extends AbstractFuture<Integer> {
  private final AtomicInteger cancels = new AtomicInteger();

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    cancels.incrementAndGet();
    return false;
  }

  int cancels() {
    return cancels.get();
  }

  /// An executor of which `submit` alone is called, and gives a future.
  static TaskExecutor executor(ListenableFuture<Integer> future) {
    return (TaskExecutor)
        Proxy.newProxyInstance(
            TaskExecutor.class.getClassLoader(),
            new Class<?>[] {TaskExecutor.class},
            (_, _, _) -> future);
  }
}
