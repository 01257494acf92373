package dev.tandem.pools.internal.executor;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.ThrowingRunnable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Turns what users give into callables. Those of [#of] can be sent to a worker.
public final class Bodies {
  private static final String TASK_NAME_KEY = "task";

  private Bodies() {}

  public static <T extends @Nullable Object> Callable<T> of(Runnable body, T result) {
    if (body instanceof ThrowingRunnable checked) {
      return (SerializableCallable<T>)
          () -> {
            checked.runChecked();
            return result;
          };
    }
    return (SerializableCallable<T>)
        () -> {
          body.run();
          return result;
        };
  }

  /// {@return `body` with the task's name in the MDC while it runs}
  public static <T extends @Nullable Object> Callable<T> named(String name, Callable<T> body) {
    return () -> {
      String before = MDC.get(TASK_NAME_KEY);
      MDC.put(TASK_NAME_KEY, name);
      try {
        return body.call();
      } finally {
        if (before == null) {
          MDC.remove(TASK_NAME_KEY);
        } else {
          MDC.put(TASK_NAME_KEY, before);
        }
      }
    };
  }
}
