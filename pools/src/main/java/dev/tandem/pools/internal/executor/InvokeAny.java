package dev.tandem.pools.internal.executor;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.Failures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One call of `invokeAny`. The next task is started when none of those before it has ended yet, so
/// an executor that runs tasks in the caller runs no more than it needs.
///
/// (The JDK's own, in `AbstractExecutorService`, wraps each task into two futures: losers would be
/// counted twice, and logged as failures that were not read.)
final class InvokeAny<T extends @Nullable Object> {
  private final AbstractTaskExecutor executor;
  private final Iterator<? extends Callable<T>> tasks;
  private final BlockingQueue<AcceptedTask<T>> ended = new LinkedBlockingQueue<>();
  private final List<AcceptedTask<T>> started = new ArrayList<>();
  private final CallLimit limit;
  private @Nullable ExecutionException firstFailure;

  InvokeAny(
      AbstractTaskExecutor executor, Collection<? extends Callable<T>> tasks, CallLimit limit) {
    this.limit = limit;
    checkArgument(!tasks.isEmpty(), "tasks: empty (expected: at least one)");
    this.executor = executor;
    this.tasks = tasks.iterator();
  }

  T await() throws InterruptedException, ExecutionException {
    try {
      return await(0);
    } catch (TimeoutException e) {
      throw new AssertionError("an untimed wait timed out", e);
    }
  }

  /// Waits within the limit.
  ///
  /// @param nanos what the limit is, for the message
  T await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    executor.checkMayWait("invokeAny");
    try {
      int open = 0;
      while (true) {
        AcceptedTask<T> next = ended.poll();
        if (next == null && tasks.hasNext()) {
          Callable<T> body =
              requireNonNull(tasks.next(), () -> "tasks: element " + started.size() + " is null");
          if (!start(body)) {
            throw timeout(nanos);
          }
          open++;
          continue;
        }
        if (next == null && open == 0) {
          throw requireNonNull(firstFailure);
        }
        if (next == null) {
          next =
              limit.isTimed() ? ended.poll(limit.nanosLeft(), TimeUnit.NANOSECONDS) : ended.take();
        }
        if (next == null) {
          throw timeout(nanos);
        }
        open--;
        try {
          return next.get();
        } catch (ExecutionException e) {
          failed(e);
        } catch (RuntimeException e) { // cancelled: by a shutdown, or in the caller by the limit
          if (limit.isOver()) {
            throw timeout(nanos);
          }
          failed(new ExecutionException(e));
        }
      }
    } finally {
      limit.end();
      started.forEach(task -> task.cancel(true));
    }
  }

  /// {@return false if there was no time or no room for it in time}
  private boolean start(Callable<T> body) throws InterruptedException {
    if (limit.isOver()) {
      return false;
    }
    AcceptedTask<T> task = executor.newTask(body, true); // for a worker process that takes time
    task.addListener(() -> ended.add(task), Runnable::run);
    return limit.accept(executor, task) && started.add(task);
  }

  private TimeoutException timeout(long nanos) {
    return new TimeoutException(
        "none of %s tasks succeeded within %s ms"
            .formatted(started.size(), TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos))));
  }

  private void failed(ExecutionException e) {
    if (firstFailure == null) {
      firstFailure = e;
    } else {
      Failures.suppress(firstFailure, e.getCause());
    }
  }
}
