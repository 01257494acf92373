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
final class LogCapture implements AutoCloseable {
  /// The logger of failures that nobody read.
  static final String FAILURES = "dev.tandem.core.TaskExecutor";

  static {
    // the module under test reads SLF4J alone
    for (String logback : List.of("ch.qos.logback.classic", "ch.qos.logback.core")) {
      ModuleLayer.boot().findModule(logback).ifPresent(LogCapture.class.getModule()::addReads);
    }
  }

  private final List<ILoggingEvent> records = new CopyOnWriteArrayList<>();
  private final Runnable detach;

  private LogCapture(String name) {
    Logger logger = (Logger) LoggerFactory.getLogger(name);
    Recorder recorder = new Recorder(records);
    recorder.start();
    logger.addAppender(recorder);
    detach = () -> logger.detachAppender(recorder);
  }

  /// {@return an open capture of a logger and those below it}
  static LogCapture of(String logger) {
    return new LogCapture(logger);
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
        .filter(r -> String.valueOf(r.getThrowableProxy().getMessage()).contains(text))
        .toList();
  }

  @Override
  public void close() {
    detach.run();
  }

  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> records;

    Recorder(List<ILoggingEvent> records) {
      this.records = records;
    }

    @Override
    protected void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing();
      records.add(event);
    }
  }
}
