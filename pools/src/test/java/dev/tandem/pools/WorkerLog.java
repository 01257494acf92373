package dev.tandem.pools;

import dev.tandem.testing.CapturedLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What workers print, while it is open: counted, the first lines kept, and shown nowhere else.
final class WorkerLog implements AutoCloseable {
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong characters = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final CapturedLog log;

  WorkerLog() {
    this(10_000);
  }

  /// Opens it.
  ///
  /// @param kept how many lines to keep
  WorkerLog(int kept) {
    log =
        CapturedLog.of(
                "dev.tandem.worker",
                entry -> {
                  int length = entry.message().length();
                  characters.addAndGet(length);
                  longest.accumulateAndGet(length, Math::max);
                  return count.incrementAndGet() <= kept;
                })
            .alone();
  }

  /// {@return the first records}
  List<CapturedLog.Entry> records() {
    return log.entries();
  }

  /// {@return the first lines}
  List<String> lines() {
    return log.messages();
  }

  /// {@return the length of all lines together}
  long characters() {
    return characters.get();
  }

  /// {@return the length of the longest line}
  long longest() {
    return longest.get();
  }

  @Override
  public void close() {
    log.close();
  }
}
