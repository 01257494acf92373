package dev.tandem.pools.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

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
  private final BlockingQueue<TaskRun<T>> ended = new LinkedBlockingQueue<>();
  private final List<TaskRun<T>> started = new ArrayList<>();
  private @Nullable ExecutionException firstFailure;

  InvokeAny(AbstractTaskExecutor executor, Collection<? extends Callable<T>> tasks) {
    checkArgument(!tasks.isEmpty(), "tasks: empty (expected: at least one)");
    this.executor = executor;
    this.tasks = tasks.iterator();
  }

  /// A task whose failure is the business of this call alone.
  private static final class Attempt<T extends @Nullable Object> extends TaskRun<T> {
    Attempt(TaskHost host, Callable<T> body) {
      super(host, null, host.inContext(null, body));
    }

    @Override
    void failedUnread(Throwable exception) {}
  }

  T await() throws InterruptedException, ExecutionException {
    try {
      return await(false, 0);
    } catch (TimeoutException e) {
      throw new AssertionError("an untimed wait timed out", e);
    }
  }

  T await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    return await(true, nanos);
  }

  private T await(boolean timed, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + nanos;
    try {
      int open = 0;
      while (true) {
        TaskRun<T> next = ended.poll();
        if (next == null && tasks.hasNext()) {
          start(
              requireNonNull(tasks.next(), () -> "tasks: element " + started.size() + " is null"));
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
          throw new TimeoutException(
              "none of %d tasks succeeded within %d ms"
                  .formatted(started.size(), TimeUnit.NANOSECONDS.toMillis(nanos)));
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

  private void start(Callable<T> body) {
    TaskRun<T> task = new Attempt<>(executor.host, body);
    started.add(task);
    task.addListener(() -> ended.add(task), Runnable::run);
    executor.accept(task);
  }

  private void failed(ExecutionException e) {
    if (firstFailure == null) {
      firstFailure = e;
    } else {
      Suppressed.add(firstFailure, e.getCause());
    }
  }
}
