package dev.tandem.examples.soak;

import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Compares what the process holds with what it held before, at quiet points: threads, file
/// descriptors, processes and files may not become more; the heap may not grow from an early
/// plateau to a late one.
final class LeakCheck {
  /// What the JDK itself still learns after the first minute: classes, call sites, profiles.
  private static final long HEAP_SLACK = 4L << 20;

  /// The least of so many quiet points makes a plateau.
  private static final int PLATEAU = 3;

  private final List<Path> directories;
  private final Duration patience;
  private final List<Long> heaps = new ArrayList<>();

  /// @param directories of the pools
  /// @param patience how long what is on its way out may take to be gone
  LeakCheck(List<Path> directories, Duration patience) {
    this.directories = directories;
    this.patience = patience;
  }

  Census census() throws IOException {
    return Census.take(directories);
  }

  /// {@return what there is now, when nothing is more than before or the patience is over}
  ///
  /// @param ledger is told what is more
  Census compare(String when, Census before, Ledger ledger)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Census now = census();
    while (!more(before, now).isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      now = census();
    }
    for (String each : more(before, now)) {
      ledger.problem("leak, %s: %s".formatted(when, each));
    }
    return now;
  }

  private static List<String> more(Census before, Census now) {
    List<String> all = new ArrayList<>();
    more(all, "threads", before.threads(), now.threads());
    more(all, "file descriptors", before.descriptors(), now.descriptors());
    more(all, "processes", before.children(), now.children());
    more(all, "files", before.files(), now.files());
    return all;
  }

  private static void more(
      List<String> all, String what, Multiset<String> before, Multiset<String> now) {
    Multiset<String> added = Multisets.difference(now, before);
    if (!added.isEmpty()) {
      all.add(
          "%d more %s: %s (before %s, now %s)".formatted(added.size(), what, added, before, now));
    }
  }

  /// Remembers the heap of a quiet point.
  void remember(long heap) {
    heaps.add(heap);
  }

  /// Compares the first plateau with the last, if there are two.
  void compareHeaps(Ledger ledger) {
    if (heaps.size() < 2 * PLATEAU) {
      return;
    }
    long early = least(heaps.subList(0, PLATEAU));
    long late = least(heaps.subList(heaps.size() - PLATEAU, heaps.size()));
    if (late > early + HEAP_SLACK) {
      ledger.problem(
          String.format(
              Locale.ROOT, "leak: the heap grew from %.1f MB to %.1f MB", early / 1e6, late / 1e6));
    }
  }

  private static long least(List<Long> heaps) {
    return heaps.stream().mapToLong(Long::longValue).min().orElseThrow();
  }
}
