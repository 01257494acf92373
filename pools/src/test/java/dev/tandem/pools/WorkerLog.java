package dev.tandem.pools;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/// What workers print, while it is open: counted, the first lines kept, and shown nowhere else.
final class WorkerLog implements AutoCloseable {
  static {
    // the module under test reads SLF4J alone
    for (String logback : List.of("ch.qos.logback.classic", "ch.qos.logback.core")) {
      ModuleLayer.boot().findModule(logback).ifPresent(WorkerLog.class.getModule()::addReads);
    }
  }

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tandem.worker");
  private final Recorder recorder;

  WorkerLog() {
    this(10_000);
  }

  /// Opens it.
  ///
  /// @param kept how many lines to keep
  WorkerLog(int kept) {
    recorder = new Recorder(kept);
    recorder.start();
    logger.addAppender(recorder);
    logger.setAdditive(false);
  }

  /// {@return the first records}
  List<ILoggingEvent> records() {
    return List.copyOf(recorder.kept);
  }

  /// {@return the first lines}
  List<String> lines() {
    return records().stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /// {@return the length of all lines together}
  long characters() {
    return recorder.characters.get();
  }

  /// {@return the length of the longest line}
  long longest() {
    return recorder.longest.get();
  }

  @Override
  public void close() {
    logger.setAdditive(true);
    logger.detachAppender(recorder);
  }

  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    private final int limit;
    private final Queue<ILoggingEvent> kept = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    Recorder(int limit) {
      this.limit = limit;
    }

    @Override
    protected void append(ILoggingEvent event) {
      int length = event.getFormattedMessage().length();
      characters.addAndGet(length);
      longest.accumulateAndGet(length, Math::max);
      if (count.incrementAndGet() <= limit) {
        event.prepareForDeferredProcessing();
        kept.add(event);
      }
    }
  }
}
