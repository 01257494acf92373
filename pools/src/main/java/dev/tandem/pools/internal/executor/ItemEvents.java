package dev.tandem.pools.internal.executor;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.internal.LiveTask;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One input of a map in other JVMs as a task of its own, to counters and listeners: where it has a
/// timeout, or where there are listeners.
public final class ItemEvents implements LiveTask {
  private final TaskHost host;
  private final Executor events;
  private final long id;
  private boolean hasOutcome; // in the order in which the callbacks run

  /// @param callbacks the executor that tells users, apart from readers
  public ItemEvents(TaskHost host, Executor callbacks) {
    this.host = host;
    this.events = MoreExecutors.newSequentialExecutor(host.onDuty(callbacks));
    this.id = host.counters.submitted();
    host.listeners.submitted(this);
  }

  /// {@return whether there are listeners}
  public boolean isWatched() {
    return !host.listeners.isEmpty();
  }

  private void tell(Runnable event) {
    if (isWatched()) {
      events.execute(event); // readers run no code of users
    }
  }

  public void started() {
    tell(() -> host.listeners.started(this));
  }

  public void succeeded() {
    hasOutcome = true;
    host.counters.succeeded();
    tell(() -> host.listeners.succeeded(this));
  }

  public void failed(Throwable e) {
    hasOutcome = true;
    host.counters.failed();
    tell(() -> host.listeners.failed(this, e));
  }

  /// Notes that no other JVM has the input any more.
  ///
  /// @param stopped whether its map was stopped
  public void ended(boolean stopped) {
    if (!hasOutcome && stopped) {
      hasOutcome = true;
      host.counters.cancelled();
      tell(() -> host.listeners.cancelled(this));
    }
    if (hasOutcome) {
      tell(() -> host.listeners.ended(this));
    }
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String name() {
    return host.name + "-" + id;
  }

  @Override
  public String executor() {
    return host.name;
  }

  @Override
  public @Nullable Thread thread() {
    return null; // it is in another JVM
  }
}
