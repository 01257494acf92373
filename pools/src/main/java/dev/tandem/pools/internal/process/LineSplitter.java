package dev.tandem.pools.internal.process;

import java.util.function.Consumer;

/// Splits characters into lines that end with `\n` or `\r\n`. A line that is too long comes in
/// pieces, none of which ends within a surrogate pair.
final class LineSplitter {
  static final int MAX_LINE = 8 * 1024;

  private final StringBuilder line = new StringBuilder();
  private final Consumer<String> sink;

  LineSplitter(Consumer<String> sink) {
    this.sink = sink;
  }

  void add(char[] text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text[i];
      if (c == '\n') {
        endLine();
      } else {
        boolean belongsToTheLast = c == '\r' || Character.isLowSurrogate(c);
        if (line.length() >= MAX_LINE + (belongsToTheLast ? 1 : 0)) {
          flush();
        }
        line.append(c);
      }
    }
  }

  private void endLine() {
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    take();
  }

  /// Ends the line that has begun, if one has.
  void flush() {
    if (!line.isEmpty()) {
      take();
    }
  }

  private void take() {
    String text = line.toString();
    line.setLength(0);
    sink.accept(text);
  }
}
