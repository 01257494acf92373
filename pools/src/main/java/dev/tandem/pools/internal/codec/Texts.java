package dev.tandem.pools.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/// Texts: a tag, the number of characters, and one or two bytes for each.
final class Texts {
  private static final int LONG = 64;
  private static final int CHUNK = 4096;

  private Texts() {}

  static void put(String text, Output out) {
    int count = text.length();
    if (count < LONG) {
      out.putByte(Tag.LATIN1);
      out.putByte(count);
      int at = out.grow(count);
      byte[] bytes = out.array();
      int all = 0;
      for (int i = 0; i < count; i++) {
        char c = text.charAt(i);
        bytes[at + i] = (byte) c;
        all |= c;
      }
      if (all <= 0xff) {
        return;
      }
      out.truncate(at - 2, out.blobs().size());
    } else if (putLongLatin1(text, count, out)) {
      return;
    }
    putUtf16(text, count, out);
  }

  @SuppressWarnings("deprecation") // the one way from a String to bytes that does not copy twice
  private static boolean putLongLatin1(String text, int count, Output out) {
    int start = out.length();
    out.putByte(Tag.LATIN1);
    out.putVarInt(count);
    int at = out.grow(count);
    byte[] bytes = out.array();
    for (int from = 0; from < count; from += CHUNK) {
      int part = Math.min(count - from, CHUNK);
      text.getBytes(from, from + part, bytes, at + from);
      // faster than a loop over the characters: the copies and the comparison are vectorized
      if (!text.regionMatches(from, new String(bytes, at + from, part, ISO_8859_1), 0, part)) {
        out.truncate(start, out.blobs().size());
        return false;
      }
    }
    return true;
  }

  /// Writes the text without the JDK's encoders, which would replace unpaired surrogates.
  private static void putUtf16(String text, int count, Output out) {
    out.putByte(Tag.UTF16);
    out.putVarInt(count);
    int at = out.grow(Math.multiplyExact(count, 2));
    char[] some = new char[Math.min(count, CHUNK)];
    for (int from = 0; from < count; from += CHUNK) {
      int part = Math.min(count - from, CHUNK);
      text.getChars(from, from + part, some, 0);
      ByteBuffer view = out.view();
      view.slice(at + 2 * from, 2 * part).order(view.order()).asCharBuffer().put(some, 0, part);
    }
  }
}
