package dev.tandem.pools.internal.process.fleet;

import java.util.ArrayDeque;
import java.util.List;

/// The last lines of a stream, in bounded memory. Thread-safe.
final class LastLines {
  static final int MAX_LINES = 30;
  private static final int MAX_CHARS = 16 * 1024;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private int chars;

  synchronized void add(String line) {
    lines.addLast(line);
    chars += line.length();
    while (lines.size() > MAX_LINES || (chars > MAX_CHARS && lines.size() > 1)) {
      chars -= lines.removeFirst().length();
    }
  }

  synchronized List<String> copy() {
    return List.copyOf(lines);
  }
}
