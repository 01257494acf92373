package dev.tandem.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// A logger that is off while this is open.
public final class SilencedLog implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level before;

  private SilencedLog(Logger logger) {
    this.logger = logger;
    this.before = logger.getLevel();
    logger.setLevel(Level.OFF);
  }

  /// {@return an open silence of a class's logger}
  public static SilencedLog of(Class<?> type) {
    return new SilencedLog((Logger) LoggerFactory.getLogger(type));
  }

  @Override
  public void close() {
    logger.setLevel(before);
  }
}
