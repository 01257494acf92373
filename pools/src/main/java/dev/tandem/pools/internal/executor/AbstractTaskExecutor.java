package dev.tandem.pools.internal.executor;

import static dev.tandem.core.internal.Checks.notNull;
import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.MapConfig;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableConsumer;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.MapOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of a [TaskExecutor] that does not depend on where its tasks run.
///
/// A subclass makes tasks and maps, and runs them. It knows its own life: `shutdown`, which calls
/// [#closeQueue()]; `shutdownNow`, which calls [TaskHost#stop()] before it stops what runs, and
/// [#withdraw(Collection)] for what has not started; `isShutdown`, `isTerminated` and
/// [#awaitEnd(long)]. One that counts its tasks does so with a [Lifecycle], in [#enter()] and
/// `bodyEnded`. It gives its counts with [TaskHost#stats].
public abstract class AbstractTaskExecutor implements TaskExecutor, TaskHost.Hooks {
  public final TaskHost host;
  public final @Nullable Admission admission;
  private final int mapConcurrency;
  private final Closing closing;

  /// Creates the common part of an executor.
  ///
  /// @param concurrency how many tasks can run at the same time; 0 if there is no limit
  /// @param host makes what the tasks share; its argument is the executor as the host's hooks
  @SuppressWarnings("this-escape") // the host keeps it for tasks, which come later
  protected AbstractTaskExecutor(
      CommonOptions options, int concurrency, Function<AbstractTaskExecutor, TaskHost> host) {
    this.host = host.apply(this);
    this.admission =
        options.hasQueue()
            ? new Admission(
                this.host.name,
                concurrency,
                options.queueCapacity(),
                options.whenFull(),
                this.host::isCurrentThreadInTask)
            : null;
    this.mapConcurrency = concurrency == 0 ? MapOptions.UNLIMITED_CONCURRENCY : concurrency;
    this.closing = new Closing(this, options.closeTimeout());
  }

  // ---- what a subclass does

  /// {@return a task for a body, not accepted yet} The context of the current thread is put around
  /// the body ([TaskHost#inContext]).
  ///
  /// @param quiet whether a failure that is not read needs no log record
  protected abstract <T extends @Nullable Object> AcceptedTask<T> newTask(
      Callable<T> body, boolean quiet);

  /// {@return a task for a body without a result of its own}
  ///
  /// @param result the result of the future
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(Runnable body, T result) {
    return newTask(Bodies.of(body, result), false);
  }

  /// {@return a task for a named body}
  ///
  /// @param own a listener beside the executor's, or null
  protected abstract <T extends @Nullable Object> AcceptedTask<T> newTask(
      Task<T> task, @Nullable TaskListener own);

  /// {@return a task whose future is given to no caller} Its failure is logged at once.
  protected abstract AcceptedTask<?> newExecuteTask(Runnable body);

  /// Runs an accepted task, now or later. If this throws and [AcceptedTask#takeBack()] succeeds,
  /// the submitter hears of it.
  ///
  /// @param task one that [#newTask] or [#newExecuteTask] has made
  protected abstract void start(AcceptedTask<?> task);

  /// {@return a map that has not begun}
  protected abstract <I, R extends @Nullable Object> MapConsumer<I, R> newMap(
      MapOptions options, Iterable<? extends I> inputs, MapFunction<I, R> function);

  /// {@return the options of a map for which the user sets nothing}
  protected MapOptions mapDefaults() {
    return MapOptions.defaults(mapConcurrency);
  }

  /// Counts a task in.
  ///
  /// @return false if this executor is shut down; if true, [#bodyEnded()] follows
  protected boolean enter() {
    return true;
  }

  /// {@return whether a task may run on the thread that submits it}
  protected boolean mayRunInCaller() {
    return false;
  }

  /// Refuses to wait for tasks where the current thread could wait for ever.
  ///
  /// @param what is waited for
  protected void checkMayWait(String what) {}

  /// Waits until this executor is shut down and all tasks have ended.
  ///
  /// @param nanos how long at most; none if it is not positive
  /// @return whether it is so
  protected abstract boolean awaitEnd(long nanos) throws InterruptedException;

  /// {@return how long `close` waits for what it has stopped, in nanoseconds}
  protected long stopNanos() {
    return host.graceNanos;
  }

  /// {@return the tasks that were told to stop and have not ended}
  protected abstract List<? extends TaskInfo> survivors();

  /// Adds what this executor does now to the entry that has its counts.
  protected abstract void dump(DumpEntry entry);

  // ---- the way of every task

  protected final void accept(AcceptedTask<?> task) {
    try {
      acceptWithin(Long.MAX_VALUE, task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Rejection.of(this, task, requireNonNull(admission).interrupted(e)); // it waited there
    }
  }

  /// Takes a task, if there is room in a bounded queue in time.
  ///
  /// @param nanos how long to wait for room
  /// @return false if there was none
  @CanIgnoreReturnValue
  public final boolean acceptWithin(long nanos, AcceptedTask<?> task) throws InterruptedException {
    try {
      checkOpen();
      if (admission != null && !admission.acquire(nanos)) {
        return false;
      }
      handOver(task);
      return true;
    } catch (RejectedExecutionException e) {
      throw Rejection.of(this, task, e);
    }
  }

  /// {@return whether there was room for the task}
  public final boolean tryAccept(AcceptedTask<?> task) {
    checkOpen();
    if (admission != null && !admission.tryAcquire()) {
      return false;
    }
    handOver(task);
    return true;
  }

  private void checkOpen() {
    if (isShutdown()) {
      throw refusal();
    }
  }

  /// {@return the refusal of a task after the shutdown}
  protected RejectedExecutionException refusal() {
    return host.refusal();
  }

  private void handOver(AcceptedTask<?> task) {
    if (!enter()) {
      if (admission != null) {
        admission.release();
      }
      throw refusal();
    }
    try {
      task.accept();
      start(task);
    } catch (Throwable e) {
      if (task.takeBack()) {
        throw task.notStarted(e);
      }
      if (e instanceof Error error) {
        throw error; // it ran in here, or was cancelled; an error is still worth hearing of
      }
    }
  }

  @Override
  public final void placeFreed() {
    if (admission != null) {
      admission.release();
    }
  }

  // ---- submitting

  private <R extends AcceptedTask<?>> R submitted(R task) {
    accept(task);
    return task;
  }

  private <T extends @Nullable Object> AcceptedTask<T> submitBody(Callable<T> body) {
    return submitted(newTask(body, false));
  }

  @Override
  public <T extends @Nullable Object> ListenableFuture<T> submit(Callable<T> body) {
    return submitBody(notNull(body, "task"));
  }

  @Override
  public <T extends @Nullable Object> ListenableFuture<T> submit(SerializableCallable<T> body) {
    return submitBody(notNull(body, "body"));
  }

  @Override
  public ListenableFuture<?> submit(Runnable body) {
    return submitted(this.<@Nullable Void>newTask(notNull(body, "task"), null));
  }

  @Override
  public <T extends @Nullable Object> ListenableFuture<T> submit(Runnable body, T result) {
    return submitted(newTask(notNull(body, "task"), result));
  }

  @Override
  public ListenableFuture<?> submit(SerializableRunnable body) {
    return submitted(this.<@Nullable Void>newTask((Runnable) notNull(body, "body"), null));
  }

  @Override
  public <T extends @Nullable Object> ListenableFuture<T> submit(Task<T> task) {
    return submitted(newTask(notNull(task, "task"), null));
  }

  @Override
  public <T extends @Nullable Object> ListenableFuture<T> submit(
      Task<T> task, TaskListener listener) {
    notNull(task, "task");
    return submitted(newTask(task, notNull(listener, "listener")));
  }

  @Override
  public void execute(SerializableRunnable body) {
    accept(newExecuteTask(notNull(body, "body")));
  }

  @Override
  public void execute(Runnable command) {
    accept(newExecuteTask(notNull(command, "command")));
  }

  @Override
  public <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return new InvokeAll<T>(this, tasks, CallLimit.none()).await();
  }

  @Override
  public <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    CallLimit limit = CallLimit.of(notNull(unit, "unit").toNanos(timeout));
    return new InvokeAll<T>(this, tasks, limit).await();
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return new InvokeAny<T>(this, tasks, CallLimit.none()).await();
  }

  @Override
  public <T extends @Nullable Object> T invokeAny(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long nanos = notNull(unit, "unit").toNanos(timeout);
    return new InvokeAny<T>(this, tasks, CallLimit.of(nanos)).await(nanos);
  }

  // ---- mapping

  @Override
  public <I, O extends @Nullable Object> Stream<O> map(
      Iterable<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf) {
    notNull(fn, "fn");
    return MapStream.of(newMap(mapOptions(cf), inputs, MapFunction.plain(fn)), host.name);
  }

  @Override
  public <I, O extends @Nullable Object> Stream<Settled<I, O>> mapSettled(
      Iterable<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf) {
    notNull(fn, "fn");
    return MapStream.of(newMap(mapOptions(cf), inputs, MapFunction.settling(fn)), host.name);
  }

  @Override
  public <I> void forEach(
      Iterable<? extends I> inputs,
      SerializableConsumer<? super I> action,
      UnaryOperator<MapConfig> cf)
      throws ExecutionException, InterruptedException {
    notNull(action, "action");
    var run = newMap(mapOptions(cf).inAnyOrder(), inputs, MapFunction.acting(action));
    try {
      while (run.advance()) {
        run.takeResult();
      }
    } finally {
      run.close();
    }
  }

  private MapOptions mapOptions(UnaryOperator<MapConfig> cf) {
    return MapOptions.of(mapDefaults(), cf);
  }

  // ---- closing

  @Override
  public void close() {
    closing.close(TaskExecutor.super::close);
  }

  @Override
  public List<TaskInfo> close(Duration wait) {
    return closing.close(wait);
  }

  @Override
  public final boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return closing.await(timeout, notNull(unit, "unit"));
  }

  /// Lets each submitter that waits for room go. Called at the shutdown, after [#isShutdown()].
  protected final void closeQueue() {
    if (admission != null) {
      admission.close();
    }
  }

  /// {@return what `shutdownNow` gives back for the tasks, which are cancelled}
  protected static List<Runnable> withdraw(Collection<? extends Runnable> notStarted) {
    List<Runnable> given = new ArrayList<>();
    for (Runnable r : notStarted) {
      Runnable back = r instanceof AcceptedTask<?> task ? task.withdrawGuarded() : r;
      if (back != null) {
        given.add(back);
      }
    }
    return given;
  }

  @Override
  public String toString() {
    return stats().toString() + (isTerminated() ? " terminated" : isShutdown() ? " shut down" : "");
  }
}
