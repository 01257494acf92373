package dev.tandem.core.internal;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which diagnostic context has come with the task that runs: for a worker process, whose output is
/// logged elsewhere and should carry it, too.
public final class CarriedContext {
  private static volatile @Nullable Consumer<Map<String, String>> watcher;

  private CarriedContext() {}

  /// From now on, whenever a thread of this JVM sets or takes away a context that has come with a
  /// task, `newWatcher` is told on that thread.
  public static void watch(Consumer<Map<String, String>> newWatcher) {
    watcher = newWatcher;
  }

  /// Tells the watcher, if there is one.
  public static void changed(@Nullable Map<String, String> context) {
    Consumer<Map<String, String>> told = watcher;
    if (told != null) {
      told.accept(context == null ? Map.of() : context);
    }
  }
}
