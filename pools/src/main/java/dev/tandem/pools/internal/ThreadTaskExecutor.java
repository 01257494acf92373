package dev.tandem.pools.internal;

import dev.tandem.core.Task;
import dev.tandem.core.TaskListener;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// An executor whose tasks run on threads of this JVM.
abstract class ThreadTaskExecutor extends AbstractTaskExecutor {
  ThreadTaskExecutor(String name, ThreadOptions options, int concurrency) {
    super(name, options.common(), options.renameThreads(), concurrency);
  }

  /// Gives an accepted task a thread, now or later.
  abstract void start(TaskRun<?> task);

  @Override
  final void start(AcceptedTask<?> task) {
    start((TaskRun<?>) task); // made below
  }

  /// A task that starts while [#interruptRunning()] looks through those that run: it has entered
  /// the set of running tasks before it reads `stopping`, and `shutdownNow` writes that before it
  /// reads the set, so at least one of the two sees the other.
  @Override
  public final void bodyStarts(TaskRun<?> task) {
    if (host.isStopping()) {
      task.interruptBody();
    }
  }

  /// Interrupts what is on a thread. Called after [TaskHost#stop()].
  final void interruptRunning() {
    host.running.forEach(TaskRun::interruptBody);
  }

  @Override
  final <T extends @Nullable Object> AcceptedTask<T> newTask(Callable<T> body, boolean quiet) {
    Callable<T> inContext = host.inContext(body);
    return quiet ? new QuietRun<>(host, inContext) : new TaskRun<>(host, inContext);
  }

  @Override
  final <T extends @Nullable Object> AcceptedTask<T> newTask(
      Task<T> task, @Nullable TaskListener own) {
    return own == null
        ? new NamedRun<>(host, task)
        : new NamedRun.Listened<>(host, task, host.listeners.and(own));
  }

  @Override
  final AcceptedTask<?> newExecuteTask(Runnable body) {
    return new ExecuteRun(host, body);
  }

  @Override
  final <I, R extends @Nullable Object> MapDriver<R> newMap(
      MapOptions options, Iterable<? extends I> inputs, MapFunction<I, R> function) {
    return new MapRun<>(this, options, inputs, function);
  }
}
