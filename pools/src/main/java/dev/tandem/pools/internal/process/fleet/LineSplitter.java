package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.OutputMark;
import java.util.HexFormat;

/// Splits characters into lines that end with `\n` or `\r\n`, or where another task's output
/// begins. A line that is too long comes in pieces, none of which ends within a surrogate pair.
/// Control characters are escaped: what a worker prints must not end a line of the log, color it,
/// or turn its direction.
final class LineSplitter {
  static final int MAX_LINE = 8 * 1024;

  private final StringBuilder line = new StringBuilder();

  /// The beginning of what may be a mark.
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

  /// Takes what looked like a mark as text, but for `last`, which may begin one.
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
    String text = escaped(line);
    line.setLength(0);
    sink.line(text, mark);
  }

  private static String escaped(CharSequence text) {
    int i = 0;
    while (i < text.length() && !isControl(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text.toString();
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    escaped.append(text, 0, i);
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /// {@return whether a terminal or a log viewer acts on it instead of showing it} Tabs are
  /// harmless.
  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t')
        || (c >= 0x7f
            && (Character.isISOControl(c)
                || c == 0x2028 // line and paragraph separator
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e) // directions
                || (c >= 0x2066 && c <= 0x2069)));
  }
}
