package dev.tandem.pools.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.Suppressed;
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
/// counted twice, and logged as failures that nobody read.)
final class InvokeAny<T extends @Nullable Object> {
  private final AbstractTaskExecutor executor;
  private final Iterator<? extends Callable<T>> tasks;
  private final BlockingQueue<AcceptedTask<T>> ended = new LinkedBlockingQueue<>();
  private final List<AcceptedTask<T>> started = new ArrayList<>();
  private @Nullable ExecutionException firstFailure;

  InvokeAny(AbstractTaskExecutor executor, Collection<? extends Callable<T>> tasks) {
    checkArgument(!tasks.isEmpty(), "tasks: empty (expected: at least one)");
    this.executor = executor;
    this.tasks = tasks.iterator();
  }

  T await() throws InterruptedException, ExecutionException {
    try {
      return await(false, 0);
    } catch (TimeoutException e) {
      throw new AssertionError("an untimed wait timed out", e);
    }
  }

  T await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    return await(true, Math.max(0, nanos));
  }

  private T await(boolean timed, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + nanos;
    try {
      int open = 0;
      while (true) {
        AcceptedTask<T> next = ended.poll();
        if (next == null && tasks.hasNext()) {
          Callable<T> body =
              requireNonNull(tasks.next(), () -> "tasks: element " + started.size() + " is null");
          if (!start(body, timed ? end - System.nanoTime() : Long.MAX_VALUE)) {
            throw timeout(nanos);
          }
          open++;
          continue;
        }
        if (next == null && open == 0) {
          throw requireNonNull(firstFailure);
        }
        if (next == null) {
          next = timed ? ended.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) : ended.take();
        }
        if (next == null) {
          throw timeout(nanos);
        }
        open--;
        try {
          return next.get();
        } catch (ExecutionException e) {
          failed(e);
        } catch (RuntimeException e) { // cancelled by a shutdown
          failed(new ExecutionException(e));
        }
      }
    } finally {
      started.forEach(task -> task.cancel(true));
    }
  }

  /// {@return false if there was no room for it in time}
  private boolean start(Callable<T> body, long nanos) throws InterruptedException {
    AcceptedTask<T> task = executor.newTask(body, true);
    task.addListener(() -> ended.add(task), Runnable::run);
    return executor.acceptWithin(nanos, task) && started.add(task);
  }

  private TimeoutException timeout(long nanos) {
    return new TimeoutException(
        "none of %d tasks succeeded within %d ms"
            .formatted(started.size(), TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  private void failed(ExecutionException e) {
    if (firstFailure == null) {
      firstFailure = e;
    } else {
      Suppressed.add(firstFailure, e.getCause());
    }
  }
}
