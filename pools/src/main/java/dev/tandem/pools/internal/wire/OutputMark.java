package dev.tandem.pools.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose the output is that follows: what a worker writes into its standard streams between the
/// lines of its tasks, and the pool takes out again.
///
/// ```text
/// U+0001 token ( ';' Base64 )* U+0002
/// ```
///
/// The token is known to the worker and its pool, so nothing that a task prints is taken for a
/// mark. The parts are the name of the task, empty if it has none of its own, and the keys and
/// values of the diagnostic context that came with it. Without parts, the output is no task's.
///
/// @param task the name; null if it has none
/// @param context the diagnostic context
public record OutputMark(@Nullable String task, Map<String, String> context) {
  /// What is no task's.
  public static final OutputMark NONE = new OutputMark(null, Map.of());

  /// The first character.
  public static final char START = '\u0001';

  /// The last character.
  public static final char END = '\u0002';

  /// The most characters of a mark; what does not fit of a diagnostic context is left out.
  public static final int MAX_LENGTH = 1 << 16;

  private static final int MAX_TEXT = 1 << 12;
  private static final char SEPARATOR = ';';

  /// {@return the characters of this, all of them ASCII}
  public String toText(String token) {
    StringBuilder out = new StringBuilder(64).append(START).append(token);
    if (task != null || !context.isEmpty()) {
      append(out, task == null ? "" : task);
    }
    for (Map.Entry<String, String> entry : context.entrySet()) {
      int length = out.length();
      append(out, entry.getKey());
      append(out, String.valueOf(entry.getValue()));
      if (out.length() >= MAX_LENGTH) {
        out.setLength(length);
      }
    }
    return out.append(END).toString();
  }

  private static void append(StringBuilder out, String text) {
    byte[] part = cut(text).getBytes(UTF_8);
    out.append(SEPARATOR).append(Base64.getEncoder().encodeToString(part));
  }

  /// {@return as much of a name as a mark has}
  public static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /// {@return what was written; null if it was not written by [#toText]}
  ///
  /// @param parts what is between the token and the end
  public static @Nullable OutputMark parse(String parts) {
    List<String> all = new ArrayList<>();
    try {
      for (int start = 0; start < parts.length(); ) {
        if (parts.charAt(start) != SEPARATOR) {
          return null;
        }
        int end = parts.indexOf(SEPARATOR, start + 1);
        end = end < 0 ? parts.length() : end;
        all.add(new String(Base64.getDecoder().decode(parts.substring(start + 1, end)), UTF_8));
        start = end;
      }
    } catch (IllegalArgumentException e) {
      return null; // not Base64
    }
    if (all.isEmpty()) {
      return NONE;
    }
    Map<String, String> context = new LinkedHashMap<>();
    for (int i = 1; i + 1 < all.size(); i += 2) {
      context.put(all.get(i), all.get(i + 1));
    }
    return new OutputMark(all.getFirst().isEmpty() ? null : all.getFirst(), context);
  }
}
