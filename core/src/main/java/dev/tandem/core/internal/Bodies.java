package dev.tandem.core.internal;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.ThrowingRunnable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Conversions of users' bodies into callables. A callable of [#of] can be sent if its body can.
public final class Bodies {
  private static final String TASK_NAME_KEY = "task";

  private Bodies() {}

  /// {@return a callable that runs `body` and returns `result`}
  ///
  /// @param body a [ThrowingRunnable] may throw a checked exception, which arrives as it is
  public static <T extends @Nullable Object> SerializableCallable<T> of(Runnable body, T result) {
    if (body instanceof ThrowingRunnable checked) {
      return () -> {
        checked.runChecked();
        return result;
      };
    }
    return () -> {
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
