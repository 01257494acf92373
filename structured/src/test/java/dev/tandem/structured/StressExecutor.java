package dev.tandem.structured;

import com.google.common.util.concurrent.AbstractFuture;
import com.google.common.util.concurrent.AbstractListeningExecutorService;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.ExecutorStats;
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
import dev.tandem.core.internal.LiveTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// An executor with a virtual thread for each task, which rejects a task now and then. As with any
/// executor, a cancelled future is done before its body has ended.
class StressExecutor extends AbstractListeningExecutorService implements TaskExecutor {
  private static final int REFUSES_EVERY = 29;

  private final AtomicInteger submitted = new AtomicInteger();

  @Override
  public <T> ListenableFuture<T> submit(Task<T> task, TaskListener listener) {
    int number = submitted.incrementAndGet();
    if (number % REFUSES_EVERY == 0) {
      throw new RejectedExecutionException("refused for the test");
    }
    var run = new Run<T>(task.body(), listener, new Info(number, task.name()));
    run.thread.start();
    return run;
  }

  private static final class Run<T> extends AbstractFuture<T> implements Runnable {
    final Thread thread = Thread.ofVirtual().unstarted(this);
    private final SerializableCallable<? extends T> body;
    private final TaskListener listener;
    private final TaskInfo info;

    Run(SerializableCallable<? extends T> body, TaskListener listener, TaskInfo info) {
      this.body = body;
      this.listener = listener;
      this.info = info;
    }

    @Override
    public void run() {
      try {
        if (!isDone()) {
          set(body.call());
        }
      } catch (Throwable e) {
        setException(e);
      } finally {
        listener.ended(info);
      }
    }

    @Override
    protected void interruptTask() {
      thread.interrupt();
    }
  }

  private record Info(long id, String name) implements LiveTask {
    @Override
    public String executor() {
      return "for the test";
    }

    @Override
    public Thread thread() {
      return null;
    }
  }

  // ---- methods that a scope never calls

  @Override
  public <T> ListenableFuture<T> submit(SerializableCallable<T> body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ListenableFuture<?> submit(SerializableRunnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> ListenableFuture<T> submit(Task<T> task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(SerializableRunnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I, O> Stream<O> map(
      Iterable<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I, O> Stream<Settled<I, O>> mapSettled(
      Iterable<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I> void forEach(
      Iterable<? extends I> inputs,
      SerializableConsumer<? super I> action,
      UnaryOperator<MapConfig> cf) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TaskInfo> close(Duration wait) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecutorStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }
}
