package dev.tandem.pools.internal.executor;

import com.google.common.collect.MapMaker;
import dev.tandem.core.ExecutorStats;
import dev.tandem.core.internal.GuardedLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The executors of this JVM that have not terminated, for a dump. It keeps none of them alive.
public final class LiveExecutors {
  private static final Set<AbstractTaskExecutor> all =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  private LiveExecutors() {}

  public static <E extends AbstractTaskExecutor> E register(E executor) {
    all.add(executor);
    return executor;
  }

  /// {@return a text for people: each live executor, its counts, and where its tasks are}
  public static String dump() {
    all.removeIf(LiveExecutors::hasTerminated);
    // copied first: the size of a weak set is a guess, which a sorted stream would believe
    List<AbstractTaskExecutor> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(executor -> executor.host.name));
    StringBuilder text = new StringBuilder("Tandem: %d live executors%n".formatted(sorted.size()));
    sorted.forEach(executor -> show(text, executor.host.name, part -> append(part, executor)));
    return text.toString();
  }

  private static boolean hasTerminated(AbstractTaskExecutor executor) {
    try {
      return executor.isTerminated();
    } catch (Throwable _) { // of an executor service that Tandem only adapts
      return false;
    }
  }

  /// Adds a part, or a line instead if it throws: threads and adapted executors are code of users.
  public static void show(StringBuilder text, String what, Consumer<StringBuilder> part) {
    int before = text.length();
    try {
      part.accept(text);
    } catch (Throwable e) {
      text.setLength(before);
      text.append("  %s cannot be shown: %s%n".formatted(what, GuardedLog.text(e)));
    }
  }

  private static void append(StringBuilder text, AbstractTaskExecutor executor) {
    ExecutorStats stats = executor.stats();
    text.append(
        "%s%s: %d running, %d queued, %d succeeded, %d failed, %d cancelled%n"
            .formatted(
                stats.name(),
                executor.isShutdown() ? " (shut down)" : "",
                stats.running(),
                stats.queued(),
                stats.succeeded(),
                stats.failed(),
                stats.cancelled()));
    executor.dump(text);
  }
}
