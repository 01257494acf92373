package dev.tandem.pools.internal.thread;

import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.internal.executor.TaskCounters;
import dev.tandem.pools.internal.executor.TaskListeners;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One input of a map as a task of its own: where it has a timeout, where there are listeners, or
/// where the consumer's thread runs it. It never waits in a queue: the thread that makes it runs
/// it.
final class ItemRun<I, R extends @Nullable Object> extends TaskRun<R> {
  private final MapRun<I, R> map;
  private final long index;
  private final I input;

  /// Whether the bond between the item and its runner has ended: the runner sets it when the item
  /// is done, or the timer when it gives the item up. Without it, an item that ends just as it is
  /// given up would cost a second runner beside the first.
  private final AtomicBoolean parted = new AtomicBoolean();

  ItemRun(MapRun<I, R> map, long index, I input) {
    super(map.executor.host(), () -> map.call(input));
    this.map = map;
    this.index = index;
    this.input = input;
  }

  /// {@return whether its runner may go on; false if it was replaced}
  boolean leave() {
    return parted.compareAndSet(false, true);
  }

  @Override
  protected TaskListeners listeners() {
    return map.eachIsATask ? super.listeners() : TaskListeners.NONE;
  }

  @Override
  public TaskCounters counters() {
    return map.eachIsATask ? super.counters() : TaskCounters.IGNORED; // the consumer counts it
  }

  @Override
  protected void succeed(R value) {
    super.succeed(value);
    map.ring.deliver(index, value);
  }

  @Override
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    try {
      map.failed(index, input, exception);
    } catch (Throwable e) { // no memory for the result that stands for it: the map cannot go on
      map.fail(e);
    }
    if (exception instanceof TaskTimeoutException timeout
        && timeout.stillRunning()
        && parted.compareAndSet(false, true)) {
      map.runnerLost();
    }
    return null; // the map keeps it
  }

  @Override
  long timeoutNanos() {
    return map.timeoutNanos;
  }

  @Override
  void placeFreed() {} // it was never admitted

  @Override
  void bodyEnded() {}
}
