package dev.tandem.pools.internal.channel;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why channels were closed of which nothing else is kept: a worker that comes later must not take
/// a failure for the end. Thread-safe.
final class PastChannels {
  private static final int MOST_CAUSES = 1_000;

  private final BitSet failed = new BitSet(); // a bit for each channel; @GuardedBy("this")
  private final Map<Long, Throwable> causes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Throwable> eldest) {
          return size() > MOST_CAUSES;
        }
      };

  /// Takes note of how a channel was closed.
  synchronized void add(long id, @Nullable Throwable cause) {
    if (cause != null && id <= Integer.MAX_VALUE) {
      failed.set((int) id);
      causes.put(id, cause);
    }
  }

  /// {@return why it was closed; null if for no reason}
  synchronized @Nullable Throwable cause(long id) {
    if (id > Integer.MAX_VALUE || !failed.get((int) id)) {
      return null;
    }
    Throwable cause = causes.get(id);
    return cause != null
        ? cause
        : new IllegalStateException("it was closed for a failure that is not kept any more");
  }
}
