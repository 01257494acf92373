package dev.tandem.pools.internal.executor;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Futures;
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
  private final CallLimit limit;
  private final List<Callable<T>> bodies = new ArrayList<>();
  private final List<AcceptedTask<T>> runs = new ArrayList<>();
  private final CountDownLatch open;

  InvokeAll(
      AbstractTaskExecutor executor, Collection<? extends Callable<T>> tasks, CallLimit limit) {
    this.executor = executor;
    this.limit = limit;
    for (Callable<T> task : tasks) {
      bodies.add(requireNonNull(task, () -> "tasks: element " + bodies.size() + " is null"));
    }
    this.open = new CountDownLatch(bodies.size());
  }

  List<Future<T>> await() throws InterruptedException {
    executor.checkMayWait("invokeAll");
    boolean allDone = false;
    try {
      allDone = startAll() && open.await(limit.nanosLeft(), TimeUnit.NANOSECONDS);
    } finally {
      limit.end();
      if (!allDone) {
        // the last first: else the thread that one gives up could start the next
        Lists.reverse(runs).forEach(run -> run.cancel(true));
      }
    }
    for (int made = runs.size(); made < bodies.size(); made++) {
      open.countDown();
    }
    // one that could not be cancelled has its outcome, and its future is about to have it
    Uninterruptibles.awaitUninterruptibly(open);
    return futures();
  }

  /// Makes each task just before it is submitted: for a worker process that takes time, too.
  private boolean startAll() throws InterruptedException {
    for (Callable<T> body : bodies) {
      if (limit.isOver()) {
        return false;
      }
      AcceptedTask<T> run = executor.newTask(body, false);
      run.addListener(open::countDown, Runnable::run);
      runs.add(run);
      if (!limit.accept(executor, run)) {
        return false;
      }
    }
    return true;
  }

  /// {@return the futures of all, also of what was not made in time}
  private List<Future<T>> futures() {
    List<Future<T>> futures = new ArrayList<>(runs);
    while (futures.size() < bodies.size()) {
      futures.add(Futures.immediateCancelledFuture());
    }
    return futures;
  }
}
