package dev.tandem.pools.internal.process;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.internal.LiveTask;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One input of a map in worker processes as a task of its own, to counters and listeners: where it
/// has a timeout, or where there are listeners.
final class ItemEvents implements LiveTask {
  private final ProcessPoolExecutor executor;
  private final Executor events;
  private final long id;
  private boolean hasOutcome; // in the order in which the callbacks run

  ItemEvents(ProcessPoolExecutor executor) {
    this.executor = executor;
    this.events = MoreExecutors.newSequentialExecutor(executor.host.onDuty(executor.callbacks));
    this.id = executor.host.counters.submitted();
    executor.host.listeners.submitted(this);
  }

  /// {@return whether there are listeners}
  boolean isWatched() {
    return !executor.host.listeners.isEmpty();
  }

  private void tell(Runnable event) {
    if (isWatched()) {
      events.execute(event); // readers run no code of users
    }
  }

  void started() {
    tell(() -> executor.host.listeners.started(this));
  }

  void succeeded() {
    hasOutcome = true;
    executor.host.counters.succeeded();
    tell(() -> executor.host.listeners.succeeded(this));
  }

  void failed(Throwable e) {
    hasOutcome = true;
    executor.host.counters.failed();
    tell(() -> executor.host.listeners.failed(this, e));
  }

  /// Notes that no worker has the input any more.
  ///
  /// @param stopped whether its map was stopped
  void ended(boolean stopped) {
    if (!hasOutcome && stopped) {
      hasOutcome = true;
      executor.host.counters.cancelled();
      tell(() -> executor.host.listeners.cancelled(this));
    }
    if (hasOutcome) {
      tell(() -> executor.host.listeners.ended(this));
    }
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String name() {
    return executor.host.name + "-" + id;
  }

  @Override
  public String executor() {
    return executor.host.name;
  }

  @Override
  public @Nullable Thread thread() {
    return null; // it is in another JVM
  }
}
