package dev.tandem.pools.internal;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Uninterruptibles;
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
  private final List<AcceptedTask<T>> runs = new ArrayList<>();
  private final CountDownLatch open;

  InvokeAll(AbstractTaskExecutor executor, Collection<? extends Callable<T>> tasks) {
    this.executor = executor;
    for (Callable<T> task : tasks) {
      requireNonNull(task, () -> "tasks: element " + runs.size() + " is null");
      runs.add(executor.newTask(task, false));
    }
    this.open = new CountDownLatch(runs.size());
    runs.forEach(run -> run.addListener(open::countDown, Runnable::run));
  }

  List<Future<T>> await(long timeout) throws InterruptedException {
    long end = System.nanoTime() + Math.max(0, timeout);
    boolean allDone = false;
    try {
      allDone = startAll(end) && open.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } finally {
      if (!allDone) {
        // the last first: else the thread that one gives up could start the next
        Lists.reverse(runs).forEach(run -> run.cancel(true));
      }
    }
    // one that could not be cancelled has its outcome, and its future is about to have it
    Uninterruptibles.awaitUninterruptibly(open);
    return new ArrayList<>(runs);
  }

  private boolean startAll(long end) throws InterruptedException {
    for (AcceptedTask<T> run : runs) {
      if (!executor.acceptWithin(end - System.nanoTime(), run)) {
        return false;
      }
    }
    return true;
  }
}
