package dev.tandem.core.internal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Logs what belongs to users, whose `toString`, `getMessage` or `getStackTrace` may throw. What is
/// logged about comes with duties of the caller, so nothing ever leaves a method of this class.
public final class GuardedLog {
  private GuardedLog() {}

  /// Logs an error.
  public static void error(Logger log, String message, Throwable exception) {
    log(log, Level.ERROR, message, exception);
  }

  /// Logs a warning.
  public static void warn(Logger log, String message, Throwable exception) {
    log(log, Level.WARN, message, exception);
  }

  /// Logs a message that is complete as it is.
  public static void log(Logger log, Level level, String message, @Nullable Throwable exception) {
    try {
      log.atLevel(level).setCause(exception).log(message);
    } catch (Throwable e) {
      withoutException(log, level, message, exception);
    }
  }

  /// The exception cannot be shown: its type can.
  private static void withoutException(
      Logger log, Level level, String message, @Nullable Throwable exception) {
    try {
      String type = exception == null ? "no exception" : exception.getClass().getName();
      log.atLevel(level).log("{} ({}, which cannot be shown)", message, type);
    } catch (Throwable _) {
      // the log itself does not work, or there is no memory: the caller's duties come first
    }
  }

  /// {@return the text of a user's object; its type if `toString` throws or gives null}
  public static String text(@Nullable Object object) {
    try {
      String text = String.valueOf(object);
      if (text != null) { // a toString() may give it
        return text;
      }
    } catch (Throwable _) {
      // below
    }
    return object == null ? "null" : object.getClass().getName() + " (cannot be shown)";
  }
}
