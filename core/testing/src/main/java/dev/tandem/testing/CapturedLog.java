package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// What is logged while it is open. Earlier tests may still log something, so a test looks its
/// records up by a name that it alone uses.
public final class CapturedLog implements AutoCloseable {
  // Records are copied into a class of our own: a test inside a named module does not read
  // Logback's modules, and so cannot call ILoggingEvent.

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final AppenderBase<ILoggingEvent> appender;

  private CapturedLog(String name, Predicate<? super Entry> kept) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender = new Recorder(entries, kept);
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  /// A record of the log.
  ///
  /// @param logger the name of the logger
  /// @param message the formatted message
  /// @param thrown the exception itself
  /// @param context the MDC of the thread that logged
  public record Entry(
      String logger,
      Level level,
      String message,
      @Nullable Throwable thrown,
      Map<String, String> context) {
    private static Entry of(ILoggingEvent event) {
      return new Entry(
          event.getLoggerName(),
          Level.valueOf(event.getLevel().toString()),
          event.getFormattedMessage(),
          event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null,
          Map.copyOf(event.getMDCPropertyMap()));
    }

    private boolean isAtLeast(Level lowest) {
      return level.toInt() >= lowest.toInt();
    }
  }

  /// {@return an open log of all loggers}
  public static CapturedLog ofAll() {
    return of(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /// {@return an open log of a class's logger}
  public static CapturedLog of(Class<?> type) {
    return of(type.getName());
  }

  /// {@return an open log of a logger and those below it}
  public static CapturedLog of(String logger) {
    return of(logger, _ -> true);
  }

  /// {@return an open log of a logger and those below it}
  ///
  /// @param kept selects the records to keep; it is asked inside the call that logs, and what it
  ///   throws leaves that call
  public static CapturedLog of(String logger, Predicate<? super Entry> kept) {
    return new CapturedLog(logger, kept);
  }

  /// Keeps the records from all other appenders until this log is closed.
  public CapturedLog alone() {
    logger.setAdditive(false);
    return this;
  }

  /// {@return all records}
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /// {@return all messages}
  public List<String> messages() {
    return entries.stream().map(Entry::message).toList();
  }

  /// {@return the records of one logger}
  public List<Entry> from(String name) {
    return select(entry -> entry.logger.equals(name));
  }

  /// {@return the records whose message contains `text`}
  public List<Entry> about(String text) {
    return select(entry -> entry.message.contains(text));
  }

  /// {@return the records of a level or above whose message contains `text`}
  public List<Entry> about(String text, Level lowest) {
    return select(entry -> entry.isAtLeast(lowest) && entry.message.contains(text));
  }

  /// {@return the warnings and errors whose message contains `text`}
  public List<Entry> warnings(String text) {
    return about(text, Level.WARN);
  }

  /// {@return the only record whose message contains `text`}
  public Entry only(String text) {
    List<Entry> found = about(text);
    assertThat(found).as("records about %s", text).hasSize(1);
    return found.getFirst();
  }

  /// {@return the records that carry an exception}
  public List<Entry> failures() {
    return select(entry -> entry.thrown != null);
  }

  /// {@return the records of an exception whose message contains `text`}
  public List<Entry> thrown(String text) {
    return select(
        entry -> entry.thrown != null && String.valueOf(entry.thrown.getMessage()).contains(text));
  }

  private List<Entry> select(Predicate<Entry> wanted) {
    return entries.stream().filter(wanted).toList();
  }

  @Override
  public void close() {
    logger.setAdditive(true);
    logger.detachAppender(appender);
    appender.stop();
  }

  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    private final List<Entry> entries;
    private final Predicate<? super Entry> kept;

    Recorder(List<Entry> entries, Predicate<? super Entry> kept) {
      this.entries = entries;
      this.kept = kept;
    }

    @Override
    protected void append(ILoggingEvent event) {
      Entry entry = Entry.of(event);
      if (kept.test(entry)) {
        entries.add(entry);
      }
    }
  }
}
