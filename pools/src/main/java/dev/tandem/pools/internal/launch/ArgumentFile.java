package dev.tandem.pools.internal.launch;

import dev.tandem.pools.PoolStartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An argument file of the `java` command (`java @file`): its length has no limit, and its content
/// does not show in a list of processes.
final class ArgumentFile {
  private ArgumentFile() {}

  /// Writes one argument a line.
  ///
  /// @param charset the platform's: the launcher takes the bytes as they are
  /// @throws PoolStartException if an argument cannot be written in that charset
  static void write(Path file, List<String> arguments, Charset charset) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      quote(argument, text);
      text.append('\n');
    }
    ByteBuffer bytes;
    try {
      bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new PoolStartException(
          "The arguments of a worker cannot be written in the platform's charset "
              + charset
              + ": "
              + unmappable(arguments, charset)
              + ". Set a UTF-8 locale (LC_ALL=C.UTF-8), or rename what is not plain ASCII.",
          e);
    }
    byte[] exact = new byte[bytes.remaining()];
    bytes.get(exact);
    Files.write(file, exact);
  }

  /// Quotes an argument. In quotes, the launcher takes all characters literally, blanks and `#`
  /// too, except that a backslash escapes, and that a line end would end the argument.
  private static void quote(String argument, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  private static String unmappable(List<String> arguments, Charset charset) {
    for (String argument : arguments) {
      if (!charset.newEncoder().canEncode(argument)) {
        return argument;
      }
    }
    return "";
  }
}
