package dev.tandem.structured;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// What scopes log while it is open. A test finds its records by the name of its scope.
final class CapturedLog implements AutoCloseable {
  static {
    // the module under test reads SLF4J alone
    for (String logback : List.of("ch.qos.logback.classic", "ch.qos.logback.core")) {
      ModuleLayer.boot().findModule(logback).ifPresent(CapturedLog.class.getModule()::addReads);
    }
  }

  private final List<ILoggingEvent> records = new CopyOnWriteArrayList<>();
  private final Runnable detach;

  private CapturedLog(Consumer<ILoggingEvent> appending) {
    Logger logger = (Logger) LoggerFactory.getLogger(TaskScope.class);
    Recorder recorder = new Recorder(records, appending);
    recorder.start();
    logger.addAppender(recorder);
    detach = () -> logger.detachAppender(recorder);
  }

  static CapturedLog open() {
    return open(_ -> {});
  }

  /// @param appending is given each record first, and may throw
  static CapturedLog open(Consumer<ILoggingEvent> appending) {
    return new CapturedLog(appending);
  }

  /// {@return the warnings about a scope}
  List<ILoggingEvent> warnings(String name) {
    return records(name, Level.WARN);
  }

  /// {@return what is logged about a scope as loud as this}
  List<ILoggingEvent> records(String name, Level level) {
    return records.stream()
        .filter(r -> r.getLevel().isGreaterOrEqual(level))
        .filter(r -> r.getFormattedMessage().contains(name))
        .toList();
  }

  @Override
  public void close() {
    detach.run();
  }

  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> records;

    private final Consumer<ILoggingEvent> appending;

    Recorder(List<ILoggingEvent> records, Consumer<ILoggingEvent> appending) {
      this.records = records;
      this.appending = appending;
    }

    @Override
    protected void append(ILoggingEvent event) {
      appending.accept(event);
      event.prepareForDeferredProcessing();
      records.add(event);
    }
  }
}
