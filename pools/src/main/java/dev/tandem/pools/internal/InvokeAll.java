package dev.tandem.pools.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One call of `invokeAll`.
///
/// (The JDK's own, in `AbstractExecutorService`, waits with `get`, which would count as reading
/// each failure, and cannot limit a wait for room in a bounded queue.)
final class InvokeAll<T extends @Nullable Object> {
  private final AbstractTaskExecutor executor;
  private final List<TaskRun<T>> runs = new ArrayList<>();
  private final CountDownLatch open;

  InvokeAll(AbstractTaskExecutor executor, Collection<? extends Callable<T>> tasks) {
    this.executor = executor;
    for (Callable<T> task : tasks) {
      requireNonNull(task, () -> "tasks: element " + runs.size() + " is null");
      runs.add(new TaskRun<>(executor.host, executor.host.inContext(task)));
    }
    this.open = new CountDownLatch(runs.size());
  }

  List<Future<T>> await(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    boolean allDone = false;
    try {
      allDone = startAll(end) && open.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } finally {
      if (!allDone) {
        runs.forEach(run -> run.cancel(true));
      }
    }
    return new ArrayList<>(runs);
  }

  private boolean startAll(long end) {
    for (TaskRun<T> run : runs) {
      run.addListener(open::countDown, Runnable::run);
      if (!executor.acceptWithin(end - System.nanoTime(), run)) {
        return false;
      }
    }
    return true;
  }
}
