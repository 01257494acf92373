package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What is logged while it is open. Executors of earlier tests may still log something, so records
/// are looked up by a name that only one test uses.
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /// The logger of failures that nobody read.
  static final String FAILURES = "dev.tandem.core.TaskExecutor";

  private final Logger logger;
  private final List<ILoggingEvent> records = new CopyOnWriteArrayList<>();

  private LogCapture(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
  }

  /// {@return an open capture of a logger and those below it}
  static LogCapture of(String logger) {
    LogCapture capture = new LogCapture(logger);
    capture.start();
    capture.logger.addAppender(capture);
    return capture;
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    records.add(event);
  }

  /// {@return the records whose message contains `name`}
  List<ILoggingEvent> about(String name) {
    return records.stream().filter(r -> r.getFormattedMessage().contains(name)).toList();
  }

  /// {@return the only record whose message contains `name`}
  ILoggingEvent only(String name) {
    assertThat(about(name)).as("records about %s", name).hasSize(1);
    return about(name).getFirst();
  }

  /// {@return the records of an exception whose message contains `text`}
  List<ILoggingEvent> thrown(String text) {
    return records.stream()
        .filter(r -> r.getThrowableProxy() != null)
        .filter(r -> r.getThrowableProxy().getMessage().contains(text))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
