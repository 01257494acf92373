package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.executor.TaskCounters;
import dev.tandem.pools.internal.executor.TaskListeners;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A task of the executor that works on the inputs of a map until there are none. Not a task to
/// counters and listeners: the inputs are.
final class MapRunner<I, R extends @Nullable Object> extends TaskRun<@Nullable Void> {
  private final MapRun<I, R> map;
  private final MapCrew<I, R> crew;
  private final Work<I, R> work;

  MapRunner(MapRun<I, R> map, MapCrew<I, R> crew) {
    this(map, crew, new Work<>(map, crew));
  }

  private MapRunner(MapRun<I, R> map, MapCrew<I, R> crew, Work<I, R> work) {
    super(map.executor.host(), work);
    this.map = map;
    this.crew = crew;
    this.work = work;
  }

  private static final class Work<I, R extends @Nullable Object>
      implements Callable<@Nullable Void> {
    private final MapRun<I, R> map;
    private final MapCrew<I, R> crew;
    private boolean countedOut; // the runner's thread alone

    Work(MapRun<I, R> map, MapCrew<I, R> crew) {
      this.map = map;
      this.crew = crew;
    }

    @Override
    public @Nullable Void call() {
      try {
        work(map.newChunk());
      } catch (Throwable e) { // outside of any function: no memory, no stack
        map.fail(e); // an input may be lost, so the map must not wait for it
      }
      return null;
    }

    private void work(MapRing.Chunk chunk) {
      while (!map.isStopped() && workOff(chunk)) {
        if (crew.retire()) {
          countedOut = true;
          return;
        }
      }
    }

    /// Works until nothing can be claimed.
    ///
    /// @return false if this runner must leave though there may be more
    private boolean workOff(MapRing.Chunk chunk) {
      while (!map.isStopped() && map.ring.claim(chunk)) {
        boolean interrupted = false;
        for (int k = 0; k < chunk.size && !map.isStopped(); k++) {
          if (!map.process(chunk, k)) {
            countedOut = true; // given up as still running, and replaced
            return false;
          }
          interrupted |= Thread.interrupted();
        }
        if (interrupted) {
          // A flag left behind must not reach the next input, nor be lost: it may come from
          // shutdownNow. So the thread goes back to its owner, which knows.
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }

  /// Interrupts this runner. One that the consumer is just submitting, while another thread closes
  /// the map, is left to the consumer, which will find the map stopped.
  void stop() {
    if (isAccepted()) {
      cancel(true);
    }
  }

  @Override
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    return null; // the map keeps it
  }

  @Override
  protected TaskListeners listeners() {
    return TaskListeners.NONE;
  }

  @Override
  public TaskCounters counters() {
    return TaskCounters.IGNORED;
  }

  @Override
  public boolean isCounted() {
    return !map.eachIsATask; // else its input is in the same set
  }

  @Override
  long timeoutNanos() {
    return 0; // the inputs have timeouts, not their runner
  }

  @Override
  void bodyEnded() {
    super.bodyEnded();
    crew.ended(this, work.countedOut);
  }

  @Override
  public @Nullable Runnable withdraw() {
    super.withdraw();
    return null; // nothing that a user submitted
  }

  @Override
  public String name() {
    return host.name + "-map";
  }
}
