package dev.tandem.pools.internal.executor;

import com.google.common.collect.MapMaker;
import dev.tandem.core.ExecutorStats;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.SeenBefore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The executors of this JVM that have not terminated, for a dump. It keeps none of them alive.
public final class LiveExecutors {
  private static final Set<AbstractTaskExecutor> all =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  private LiveExecutors() {}

  public static <E extends AbstractTaskExecutor> E register(E executor) {
    all.add(executor);
    return executor;
  }

  /// Adds each live executor, its counts, and where its tasks are.
  public static void dump(DumpEntry root) {
    all.removeIf(LiveExecutors::hasTerminated);
    SeenBefore.forgetEnded();
    // copied first: the size of a weak set is a guess, which a sorted stream would believe
    List<AbstractTaskExecutor> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(executor -> executor.host.name));
    root.dump().title("Tandem: " + sorted.size() + " live executors");
    root.list("executors");
    for (AbstractTaskExecutor executor : sorted) {
      root.add("executors", executor.host.name, entry -> fill(entry, executor));
    }
  }

  private static boolean hasTerminated(AbstractTaskExecutor executor) {
    try {
      return executor.isTerminated();
    } catch (Throwable _) { // of an executor service that Tandem only adapts
      return false;
    }
  }

  /// {@return the counts of each live executor that gives them}
  public static List<ExecutorStats> stats() {
    List<ExecutorStats> counts = new ArrayList<>();
    for (AbstractTaskExecutor executor : all) {
      if (!hasTerminated(executor)) {
        try {
          counts.add(executor.stats());
        } catch (Throwable _) { // of an executor service that Tandem only adapts
          // it is not counted
        }
      }
    }
    return counts;
  }

  private static void fill(DumpEntry entry, AbstractTaskExecutor executor) {
    ExecutorStats stats = executor.stats();
    entry
        .say("name", "", stats.name(), "")
        .flag("shutdown", executor.isShutdown(), " (shut down)")
        .say("running", ": ", stats.running(), " running")
        .say("queued", ", ", stats.queued(), " queued")
        .say("succeeded", ", ", stats.succeeded(), " succeeded")
        .say("failed", ", ", stats.failed(), " failed")
        .say("cancelled", ", ", stats.cancelled(), " cancelled");
    executor.dump(entry);
  }
}
