package dev.tandem.structured;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Log records that hold an exception of a user's. To log one calls its methods, which may throw,
/// and goes down its causes, which may be more than the stack has room for: whoever logs has other
/// things to do after that.
final class Logs {
  private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  private Logs() {}

  static void warn(String text, Object subject, Throwable failure) {
    try {
      LOG.warn(text, subject, failure);
    } catch (Throwable _) {
      LOG.warn(text + ": {} (its stack cannot be shown)", subject, Causes.text(failure));
    }
  }

  static void debug(String text, Object subject, Throwable failure) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    try {
      LOG.debug(text, subject, failure);
    } catch (Throwable _) {
      LOG.debug(text + ": {} (its stack cannot be shown)", subject, Causes.text(failure));
    }
  }

  static void info(String text, Object subject, Throwable failure) {
    LOG.info(text + ": {}", subject, Causes.text(failure));
  }
}
