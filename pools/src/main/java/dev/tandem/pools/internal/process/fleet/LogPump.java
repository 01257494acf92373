package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.OutputMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/// A thread that logs what a worker prints, line by line, and remembers the last lines. It ends
/// with the stream.
final class LogPump {
  /*
   * Memory: one chunk of characters, the lines in it, and the last lines. A logger that is slower
   * than the worker slows the worker down: the pipe fills, and its next print waits.
   *
   * When the worker is dead and its reaper waits for its last words, the pump reads what is left in
   * the pipe (64 KiB at most, unless a process that the worker has started goes on printing) before
   * it logs the next line: a slow appender must not hide the reason of a crash.
   */

  /// The name of the logger.
  static final String LOGGER = "dev.tandem.worker";

  private static final int CHUNK = 8 * 1024;
  private static final int MAX_PENDING = 128 * 1024;
  private static final int MAX_LAST_LINES = 30;
  private static final int MAX_LAST_CHARS = 16 * 1024;

  private final Reader in;
  private final Logger logger;
  private final Level level;
  private final String worker;
  private final ArrayDeque<Line> pending = new ArrayDeque<>();
  private final LineSplitter splitter;
  private final char[] chunk = new char[CHUNK];
  private final CountDownLatch allRead = new CountDownLatch(1);
  private final ArrayDeque<String> last = new ArrayDeque<>(); // @GuardedBy("last")
  private int lastChars; // @GuardedBy("last")
  private int pendingChars;
  private volatile boolean hurried;
  private boolean failureReported;

  private record Line(String text, OutputMark mark) {}

  private LogPump(InputStream in, Charset charset, Level level, String worker, String token) {
    this.in = new InputStreamReader(in, charset);
    this.logger = LoggerFactory.getLogger(LOGGER);
    this.level = level;
    this.worker = worker;
    this.splitter = new LineSplitter(token, this::take);
  }

  /// Starts a pump for a worker's standard output: its lines are logged at INFO.
  ///
  /// @param in the stream
  /// @param charset what the worker writes in; what cannot be decoded is replaced
  /// @param worker the name of the worker, such as `images-3`: in the MDC as `worker`
  /// @param token what the worker's marks begin with: see [OutputMark]
  /// @param loader the context class loader of appenders
  static LogPump ofOutput(
      InputStream in, Charset charset, String worker, String token, ClassLoader loader) {
    return new LogPump(in, charset, Level.INFO, worker, token).start("-out", loader);
  }

  /// Starts a pump for a worker's standard error: its lines are logged at WARN.
  ///
  /// @see #ofOutput
  static LogPump ofError(
      InputStream in, Charset charset, String worker, String token, ClassLoader loader) {
    return new LogPump(in, charset, Level.WARN, worker, token).start("-err", loader);
  }

  private LogPump start(String suffix, ClassLoader loader) {
    Thread thread = new Thread(null, this::run, worker + suffix, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    return this;
  }

  /// Waits until everything that the worker printed has been read: for the end of the stream, which
  /// a process that the worker has started can delay at will. Afterwards the last lines are
  /// complete; not all of them may have been logged yet. The worker must be gone.
  ///
  /// @param atMost the longest time to wait
  /// @return whether the end was seen
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    hurried = true;
    return allRead.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// {@return the last lines that were read, at most 30}
  List<String> lastLines() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  private void remember(String line) {
    synchronized (last) {
      last.addLast(line);
      lastChars += line.length();
      while (last.size() > MAX_LAST_LINES || (lastChars > MAX_LAST_CHARS && last.size() > 1)) {
        lastChars -= last.removeFirst().length();
      }
    }
  }

  private void run() {
    boolean more = true;
    while (more || !pending.isEmpty()) {
      if (more && (pending.isEmpty() || (hurried && hasMore()))) {
        more = read();
      } else {
        logNext();
      }
    }
  }

  /// {@return whether there is something to read now, and room for it} Called when the worker is
  /// gone: what it has written is in the pipe, or has been read.
  private boolean hasMore() {
    if (allRead.getCount() == 0 || pendingChars >= MAX_PENDING) {
      return false;
    }
    try {
      if (in.ready()) {
        return true;
      }
    } catch (IOException _) {
      // closed: as good as empty
    }
    splitter.flush();
    allRead.countDown();
    return false;
  }

  /// {@return whether there may be more}
  private boolean read() {
    int length = -1;
    try {
      length = in.read(chunk);
    } catch (IOException _) {
      // closed, or broken: the same as its end
    }
    if (length > 0) {
      splitter.add(chunk, length);
    }
    if (length < 0) {
      splitter.flush();
      allRead.countDown();
    }
    return length >= 0;
  }

  private void take(String line, OutputMark mark) {
    remember(line);
    pending.addLast(new Line(line, mark));
    pendingChars += line.length();
  }

  private void logNext() {
    Line line = pending.removeFirst();
    pendingChars -= line.text().length();
    try {
      log(line);
    } catch (Throwable e) {
      // an appender's failure must not end the pump: the worker would block on a full pipe
      reportOnce(e);
    }
  }

  private void log(Line line) {
    if (!logger.isEnabledForLevel(level)) {
      return;
    }
    OutputMark mark = line.mark();
    mark.context().forEach(MDC::put);
    if (mark.task() != null) {
      MDC.put("task", mark.task());
    }
    MDC.put("worker", worker);
    try {
      if (level == Level.WARN) {
        logger.warn(line.text());
      } else {
        logger.info(line.text());
      }
    } finally {
      MDC.clear(); // nothing else on this thread has one
    }
  }

  private void reportOnce(Throwable e) {
    if (!failureReported) {
      failureReported = true;
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
