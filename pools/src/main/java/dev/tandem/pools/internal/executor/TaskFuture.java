package dev.tandem.pools.internal.executor;

import static dev.tandem.core.internal.Checks.notNull;

import com.google.common.util.concurrent.AbstractFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A future that knows whether its failure was read.
abstract class TaskFuture<T extends @Nullable Object> extends AbstractFuture<T> {
  /*
   * A failure is read when an ExecutionException leaves `get`. Guava's callbacks, allAsList and
   * setFuture all come through `get`, because this class extends AbstractFuture directly: only for
   * its own, trusted subclasses does Guava look at the failure past `get`.
   */

  /// {@return the failure of this future as long as it is not known to have been read; else null}
  protected abstract @Nullable UnreadFailure unreadFailure();

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      return super.get();
    } catch (ExecutionException e) {
      failureRead();
      throw e;
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, TimeoutException, ExecutionException {
    try {
      return super.get(timeout, notNull(unit, "unit"));
    } catch (ExecutionException e) {
      failureRead();
      throw e;
    }
  }

  private void failureRead() {
    UnreadFailure failure = unreadFailure();
    if (failure != null) {
      failure.read();
    }
  }

  /// {@return the state} This reads no failure; the inherited method would call `get`.
  @Override
  public State state() {
    if (!isDone()) {
      return State.RUNNING;
    }
    if (isCancelled()) {
      return State.CANCELLED;
    }
    return unreadFailure() != null ? State.FAILED : super.state();
  }
}
