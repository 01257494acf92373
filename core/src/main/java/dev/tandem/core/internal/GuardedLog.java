package dev.tandem.core.internal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// A log for users' exceptions, and the text of users' objects. Their `toString`, `getMessage` or
/// `getStackTrace` may throw, and a chain of causes may be deeper than the stack. The caller has
/// duties beyond logging, so a method of this class never throws.
public final class GuardedLog {
  private static final int MAX_TEXT = 2_000;

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

  /// Logs an exception whose stack cannot be shown as text.
  private static void withoutException(
      Logger log, Level level, String message, @Nullable Throwable exception) {
    try {
      log.atLevel(level).log("{}: {} (its stack cannot be shown)", message, shortText(exception));
    } catch (Throwable _) {
      // the logging library fails, or there is no memory: the caller's duties come first
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

  /// {@return the text of a user's object, shortened if it is very long} Exceptions that wrap each
  /// other repeat the text of all their causes.
  public static String shortText(@Nullable Object object) {
    String text = text(object);
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }
}
