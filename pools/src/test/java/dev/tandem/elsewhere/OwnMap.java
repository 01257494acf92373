package dev.tandem.elsewhere;

import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// A map of [OwnExecutor].
final class OwnMap<I, R> extends MapConsumer<I, R> {
  private static final int AHEAD = 8;

  private final Executor thread;
  private final Queue<CompletableFuture<R>> results = new ArrayDeque<>();
  private final AtomicInteger atWork = new AtomicInteger();

  OwnMap(
      AbstractTaskExecutor executor,
      Executor thread,
      MapOptions options,
      Iterable<? extends I> inputs,
      MapFunction<I, R> function) {
    super(executor, options, inputs, function, false);
    this.thread = thread;
  }

  @Override
  protected boolean isReady() {
    return !results.isEmpty() && results.element().isDone();
  }

  @Override
  protected boolean hasRoom() {
    return ahead() < AHEAD;
  }

  @Override
  protected boolean put(I input) {
    CompletableFuture<R> result = new CompletableFuture<>();
    results.add(result);
    atWork.incrementAndGet();
    thread.execute(() -> work(input, result));
    return true;
  }

  private void work(I input, CompletableFuture<R> result) {
    try {
      if (!isStopped()) {
        result.complete(function.apply(input));
      }
    } catch (Throwable e) {
      R recovered = function.recover(input, e);
      if (recovered == null) {
        fail(e);
      } else {
        result.complete(recovered);
      }
    } finally {
      atWork.decrementAndGet();
      workEnded();
    }
  }

  @Override
  protected R take() {
    return results.remove().join();
  }

  @Override
  protected boolean mayGoOn() {
    return isReady();
  }

  @Override
  protected void stopWork() {}

  @Override
  protected boolean isWorkOver() {
    return atWork.get() == 0;
  }

  @Override
  protected void workOutlastsGrace() {}
}
