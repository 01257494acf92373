package dev.tandem.pools.internal.executor;

import static dev.tandem.core.internal.Checks.notNull;
import static java.util.Objects.requireNonNull;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.Wrappers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A map as a stream: its consumer's thread drives it, its failures are unchecked.
final class MapStream<R extends @Nullable Object> implements Spliterator<R> {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final MapConsumer<?, R> run;
  private final String executor;

  private MapStream(MapConsumer<?, R> run, String executor) {
    this.run = run;
    this.executor = executor;
  }

  static <R extends @Nullable Object> Stream<R> of(MapConsumer<?, R> run, String executor) {
    return StreamSupport.stream(new MapStream<>(run, executor), false).onClose(run::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super R> action) {
    notNull(action, "action");
    if (!advance()) {
      return false;
    }
    action.accept(run.takeResult());
    return true;
  }

  private boolean advance() {
    try {
      return run.advance();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancellationException("interrupted while waiting for the next result");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause()); // a map makes it with one
      if (cause instanceof Error error) {
        logBeside(error, e);
        throw error;
      }
      CompletionException wrapper = Wrappers.completion(cause);
      for (Throwable later : e.getSuppressed()) {
        wrapper.addSuppressed(later);
      }
      throw wrapper;
    }
  }

  /// Logs the failures beside an error, which have no wrapper to hang on. Those of the scopes and
  /// maps inside that have failed with the same error are no others.
  private void logBeside(Error error, Throwable wrapper) {
    Deque<Throwable> levels = new ArrayDeque<>(List.of(wrapper));
    while (!levels.isEmpty()) {
      for (Throwable later : levels.pop().getSuppressed()) {
        if (Causes.of(later) == error) {
          levels.push(later);
        } else {
          GuardedLog.warn(
              log, "A map on " + executor + " failed with an error, and also with", later);
        }
      }
    }
  }

  /// Never splits: results come from one place, and in one order.
  @Override
  public @Nullable Spliterator<R> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return run.isOrdered() ? ORDERED : 0;
  }
}
