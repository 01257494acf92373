package dev.tandem.elsewhere;

import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/// A task of [OwnExecutor]. It can be cancelled until it starts.
final class OwnTask<T> extends AcceptedTask<T> {
  private final AtomicReference<Callable<T>> body;
  private volatile Thread thread;
  private volatile UnreadFailure unread;

  OwnTask(TaskHost host, Callable<T> body) {
    super(host);
    this.body = new AtomicReference<>(body);
  }

  @Override
  public void run() {
    Callable<T> mine = body.getAndSet(null);
    if (mine == null) {
      return;
    }
    thread = Thread.currentThread();
    listeners().started(this);
    T value = null;
    Throwable failure = null;
    try {
      value = mine.call();
    } catch (Throwable e) {
      failure = e;
    }
    host.placeFreed();
    if (failure == null) {
      succeed(value);
    } else {
      fail(failure);
    }
    thread = null;
    ended();
  }

  private void ended() {
    listeners().ended(this);
    host.bodyEnded();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (body.getAndSet(null) == null) {
      return false;
    }
    host.placeFreed();
    cancelled(mayInterruptIfRunning);
    ended();
    return true;
  }

  @Override
  protected boolean takeBack() {
    return false;
  }

  @Override
  public Runnable withdraw() {
    return cancel(false) ? this : null;
  }

  @Override
  protected void remember(UnreadFailure failure) {
    unread = failure;
  }

  @Override
  protected UnreadFailure unreadFailure() {
    return unread;
  }

  @Override
  public Thread thread() {
    return thread;
  }
}
