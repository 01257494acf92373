package dev.tandem.pools.internal;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A task of the executor that works on the inputs of a map until there are none. Not a task to
/// counters and listeners: the inputs are.
final class MapRunner<I, R extends @Nullable Object> extends TaskRun<@Nullable Void> {
  private final MapRun<I, R> map;
  private final Work<I, R> work;

  MapRunner(MapRun<I, R> map) {
    this(map, new Work<>(map));
  }

  private MapRunner(MapRun<I, R> map, Work<I, R> work) {
    super(map.executor().host, null, work);
    this.map = map;
    this.work = work;
  }

  private static final class Work<I, R extends @Nullable Object>
      implements Callable<@Nullable Void> {
    private final MapRun<I, R> map;
    private boolean retired; // the runner's thread alone

    Work(MapRun<I, R> map) {
      this.map = map;
    }

    @Override
    public @Nullable Void call() {
      MapChunk chunk = map.newChunk();
      boolean interrupted = false;
      do {
        while (!interrupted && !map.isStopped() && map.ring.claim(chunk)) {
          for (int k = 0; k < chunk.size && !map.isStopped(); k++) {
            if (!map.process(chunk, k)) {
              retired = true; // given up as still running, and replaced
              return null;
            }
            // A flag left behind must not reach the next input, nor be lost: it may come from
            // shutdownNow. So the thread goes back to its owner, who knows.
            interrupted |= Thread.interrupted();
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
          return null;
        }
      } while (!map.retire());
      retired = true;
      return null;
    }
  }

  @Override
  TaskListeners listeners() {
    return TaskListeners.NONE;
  }

  @Override
  TaskCounters counters() {
    return TaskCounters.IGNORED;
  }

  @Override
  void accept() {}

  @Override
  boolean isCounted() {
    return !map.eachIsATask(); // else its input is in the same set
  }

  @Override
  long timeoutNanos() {
    return 0; // the inputs have timeouts, not who works on them
  }

  @Override
  void failedUnread(Throwable exception) {}

  @Override
  void bodyEnded() {
    super.bodyEnded();
    map.ended(this, work.retired);
  }

  @Override
  @Nullable Runnable withdraw() {
    super.withdraw();
    return null; // nothing that a user submitted
  }

  @Override
  public String name() {
    return host.name + "-map";
  }
}
