package dev.tandem.core.internal;

import dev.tandem.core.internal.Dump.Line;
import dev.tandem.core.internal.DumpEntry.Field;
import java.util.List;

/// The text of a [Dump].
final class DumpText {
  private static final int MAX_INDENT = 50;

  private final StringBuilder text = new StringBuilder();

  private DumpText() {}

  static String of(List<Line> lines) {
    DumpText all = new DumpText();
    lines.forEach(all::append);
    return all.text.toString();
  }

  private void append(Line line) {
    switch (line) {
      case Line.Title(String title) -> text.append(title);
      case Line.Of(DumpEntry entry) -> append(entry);
      case Line.More(DumpEntry.Children children, int indent) -> {
        indent(indent);
        text.append("... and ").append(children.leftOut).append(" more");
      }
    }
    text.append(System.lineSeparator());
  }

  private void append(DumpEntry entry) {
    indent(entry.indent);
    for (Field field : entry.fields) {
      if (field.before() == null || field.value() == null) {
        continue;
      }
      switch (field.value()) {
        case List<?> lines ->
            lines.forEach(line -> {
              text.append(System.lineSeparator());
              indent(entry.indent + 1);
              text.append(field.before()).append(line);
            });
        case Boolean _ -> text.append(field.before());
        default -> text.append(field.before()).append(field.value()).append(field.after());
      }
    }
  }

  /// Two blanks for each level; beyond a limit, the number of levels instead.
  private void indent(int levels) {
    text.repeat("  ", Math.min(levels, MAX_INDENT));
    if (levels > MAX_INDENT) {
      text.append("(level ").append(levels).append(") ");
    }
  }
}
