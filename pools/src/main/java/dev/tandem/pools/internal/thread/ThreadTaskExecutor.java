package dev.tandem.pools.internal.thread;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An executor whose tasks run on threads of this JVM.
abstract class ThreadTaskExecutor extends AbstractTaskExecutor implements ThreadHost.Hooks {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final AtomicBoolean retriesTold = new AtomicBoolean();

  ThreadTaskExecutor(String name, ThreadOptions options, int concurrency) {
    super(
        options.common(),
        concurrency,
        executor ->
            new ThreadHost(
                name,
                options,
                concurrency == 0 ? Integer.MAX_VALUE : concurrency,
                (ThreadTaskExecutor) executor));
  }

  final ThreadHost host() {
    return (ThreadHost) host; // made above
  }

  /// Gives an accepted task a thread, now or later.
  abstract void start(TaskRun<?> task);

  @Override
  protected final void start(AcceptedTask<?> task) {
    start((TaskRun<?>) task); // made below
  }

  /// Interrupts a task that starts while [#interruptRunning()] looks through those that run. The
  /// task has entered the set of running tasks before it reads `stopping`, and `shutdownNow` writes
  /// that before it reads the set, so at least one of the two sees the other.
  @Override
  public final void bodyStarts(TaskRun<?> task) {
    if (host.isStopping()) {
      task.interruptBody();
    }
  }

  /// Interrupts what is on a thread. Called after `TaskHost.stop`.
  final void interruptRunning() {
    host().running.forEach(TaskRun::interruptBody);
  }

  @Override
  protected final <T extends @Nullable Object> AcceptedTask<T> newTask(
      Callable<T> body, boolean quiet) {
    Callable<T> inContext = host.inContext(body);
    return quiet ? new Quiet<>(host(), inContext) : new TaskRun<>(host(), inContext);
  }

  @Override
  protected final <T extends @Nullable Object> AcceptedTask<T> newTask(
      Task<T> task, @Nullable TaskListener own) {
    if (task.retries() > 0 && retriesTold.compareAndSet(false, true)) {
      log.warn(
          "{}: withRetries({}) of the task {} has no effect, because nothing that runs tasks here"
              + " can be lost; this is said once per executor",
          host.name,
          task.retries(),
          task.name());
    }
    return own == null
        ? new NamedRun<>(host(), task)
        : new NamedRun.Listened<>(host(), task, host.listeners.and(own));
  }

  @Override
  protected final AcceptedTask<?> newExecuteTask(Runnable body) {
    return new Executed(host(), body);
  }

  @Override
  protected final <I, R extends @Nullable Object> MapConsumer<I, R> newMap(
      MapOptions options, Iterable<? extends I> inputs, MapFunction<I, R> function) {
    return new MapRun<>(this, options, inputs, function);
  }

  /// A task whose failure is handled by a part of Tandem, and needs no log record.
  private static final class Quiet<T extends @Nullable Object> extends TaskRun<T> {
    Quiet(ThreadHost host, Callable<T> body) {
      super(host, body);
    }

    @Override
    protected @Nullable UnreadFailure failedUnread(Throwable exception) {
      return null;
    }
  }

  /// A body given to `execute`. No caller has its future, so a failure is logged at once.
  private static final class Executed extends TaskRun<@Nullable Void> {
    private final Runnable given;

    Executed(ThreadHost host, Runnable given) {
      super(host, host.inContext(Bodies.of(given, null)));
      this.given = given;
    }

    @Override
    protected @Nullable UnreadFailure failedUnread(Throwable exception) {
      UnreadFailure.log("Task " + name() + " failed", name(), host.isStopping(), exception);
      return null;
    }

    @Override
    public @Nullable Runnable withdraw() {
      return super.withdraw() == null ? null : given;
    }
  }

  // ---- looking inside

  @Override
  protected final List<? extends TaskInfo> survivors() {
    return host().running();
  }

  @Override
  public final ExecutorStats stats() {
    return host().stats();
  }

  @Override
  protected final void dump(DumpEntry entry) {
    RunningInDump.add(entry, host().running());
  }
}
