package dev.tandem.core.internal;

import dev.tandem.core.internal.DumpEntry.Field;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON of a [Dump]. Its depth is that of the lists in lists that the code names.
final class DumpJson {
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder json = new StringBuilder();

  private DumpJson() {}

  static String of(DumpEntry root) {
    DumpJson all = new DumpJson();
    all.object(root);
    return all.json.toString();
  }

  private void object(DumpEntry entry) {
    json.append('{');
    for (Field field : entry.fields) {
      name(field.name());
      value(field.value());
    }
    entry.lists.forEach((name, children) -> {
      name(name);
      array(children.shown);
      if (children.leftOut > 0) {
        name(name + "LeftOut");
        json.append(children.leftOut);
      }
    });
    json.append('}');
  }

  private void name(String name) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
    string(name);
    json.append(':');
  }

  private void array(List<?> values) {
    json.append('[');
    boolean first = true;
    for (Object value : values) {
      if (!first) {
        json.append(',');
      }
      first = false;
      value(value);
    }
    json.append(']');
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> json.append("null");
      case DumpEntry entry -> object(entry);
      case List<?> list -> array(list);
      case Duration span -> json.append(span.toMillis());
      case Integer number -> json.append(number.intValue());
      case Long number -> json.append(number.longValue());
      case Boolean truth -> json.append(truth.booleanValue());
      default -> string(value.toString());
    }
  }

  /// Appends a string in ASCII characters. Half of a surrogate pair, which no encoding has, becomes
  /// the replacement character.
  private void string(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        json.append(c);
      } else if (isPaired(text, i)) {
        escape(c);
      } else {
        escape('\ufffd');
      }
    }
    json.append('"');
  }

  private static boolean isPaired(String text, int i) {
    char c = text.charAt(i);
    return !Character.isSurrogate(c)
        || (Character.isHighSurrogate(c)
            ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
            : i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private void escape(char c) {
    json.append("\\u").append(HEX.toHexDigits(c));
  }
}
