package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.worker.OutputMark;

/// Splits characters into lines that end with `\n` or `\r\n`, or where another task's output begins.
/// A line that is too long comes in pieces, none of which ends within a surrogate pair.
final class LineSplitter {
  static final int MAX_LINE = 8 * 1024;

  private final StringBuilder line = new StringBuilder();

  /// What may be a mark: its beginning, so far.
  private final StringBuilder candidate = new StringBuilder();

  private final String markStart;
  private final Sink sink;
  private OutputMark mark = OutputMark.NONE;

  /// Takes lines.
  interface Sink {
    void line(String line, OutputMark mark);
  }

  /// @param token what marks begin with
  LineSplitter(String token, Sink sink) {
    this.markStart = OutputMark.START + token;
    this.sink = sink;
  }

  void add(char[] text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text[i];
      if (c == OutputMark.START || !candidate.isEmpty()) {
        addToMark(c);
      } else {
        addToLine(c);
      }
    }
  }

  private void addToLine(char c) {
    if (c == '\n') {
      endLine();
      return;
    }
    boolean belongsToTheLast = c == '\r' || Character.isLowSurrogate(c);
    if (line.length() >= MAX_LINE + (belongsToTheLast ? 1 : 0)) {
      takeIfBegun();
    }
    line.append(c);
  }

  private void addToMark(char c) {
    int at = candidate.length();
    candidate.append(c);
    if (at < markStart.length()) {
      if (c != markStart.charAt(at)) {
        wasText(c);
      }
    } else if (c == OutputMark.END) {
      OutputMark read = OutputMark.parse(candidate.substring(markStart.length(), at));
      if (read == null) {
        wasText(c);
      } else {
        candidate.setLength(0);
        takeIfBegun(); // a line has one owner
        mark = read;
      }
    } else if (c <= ' ' || c > '~' || at > OutputMark.MAX_LENGTH) {
      wasText(c);
    }
  }

  /// What looked like a mark is none, with `last`, which may begin one.
  private void wasText(char last) {
    boolean begins = last == OutputMark.START && candidate.length() > 1;
    String text = candidate.substring(0, candidate.length() - (begins ? 1 : 0));
    candidate.setLength(0);
    for (int i = 0; i < text.length(); i++) {
      addToLine(text.charAt(i));
    }
    if (begins) {
      candidate.append(last);
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
    if (!candidate.isEmpty()) {
      wasText('\n');
    }
    takeIfBegun();
  }

  private void takeIfBegun() {
    if (!line.isEmpty()) {
      take();
    }
  }

  private void take() {
    String text = line.toString();
    line.setLength(0);
    sink.line(text, mark);
  }
}
