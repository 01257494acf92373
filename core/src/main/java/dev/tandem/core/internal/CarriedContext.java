package dev.tandem.core.internal;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The diagnostic context that has come with the running task, for the output of a worker process:
/// the parent logs that output with the same context.
public final class CarriedContext {
  private static volatile @Nullable Consumer<Map<String, String>> watcher;

  private CarriedContext() {}

  /// Sets the watcher that is told, from now on, of each context that a thread of this JVM sets or
  /// takes away for a task. The watcher is called on that thread.
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
