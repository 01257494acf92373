package dev.tandem.elsewhere;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.executor.Lifecycle;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.TaskHost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// An executor on a single thread.
final class OwnExecutor extends AbstractTaskExecutor {
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
  private final Lifecycle lifecycle = new Lifecycle(thread::shutdown);

  OwnExecutor(String name, CommonOptions options) {
    super(options, 1, hooks -> new TaskHost(name, options, hooks));
  }

  @Override
  protected <T> AcceptedTask<T> newTask(Callable<T> body, boolean quiet) {
    return new OwnTask<>(host, host.inContext(body));
  }

  @Override
  protected <T> AcceptedTask<T> newTask(Task<T> task, TaskListener own) {
    return newTask(task.body(), false);
  }

  @Override
  protected AcceptedTask<?> newExecuteTask(Runnable body) {
    return newTask(Bodies.of(body, null), false);
  }

  @Override
  protected boolean enter() {
    return lifecycle.accept();
  }

  @Override
  protected void start(AcceptedTask<?> task) {
    thread.execute(task);
  }

  @Override
  public void bodyEnded() {
    lifecycle.ended();
  }

  @Override
  protected <I, R> MapConsumer<I, R> newMap(
      MapOptions options, Iterable<? extends I> inputs, MapFunction<I, R> function) {
    return new OwnMap<>(this, thread, options, inputs, function);
  }

  @Override
  public void shutdown() {
    lifecycle.shutdown();
    closeQueue();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    host.stop();
    List<Runnable> notStarted = new ArrayList<>();
    queue.drainTo(notStarted);
    return withdraw(notStarted);
  }

  @Override
  public boolean isShutdown() {
    return lifecycle.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return lifecycle.isTerminated();
  }

  @Override
  protected boolean awaitEnd(long nanos) throws InterruptedException {
    return lifecycle.await(nanos);
  }

  @Override
  protected List<TaskInfo> survivors() {
    return List.of();
  }

  @Override
  public ExecutorStats stats() {
    return host.stats(List::of, _ -> false);
  }

  @Override
  protected void dump(DumpEntry entry) {}
}
