package dev.tandem.pools.internal.codec;

/// Texts: a tag, the number of characters, and one or two bytes for each.
final class Texts {
  private Texts() {}

  @SuppressWarnings("deprecation") // the one way from a String to bytes that does not copy twice
  static void put(String text, Output out) {
    int count = text.length();
    int all = 0;
    for (int i = 0; i < count; i++) {
      all |= text.charAt(i);
    }
    if (all <= 0xff) {
      out.putByte(Tag.LATIN1);
      out.putVarInt(count);
      int at = out.grow(count);
      text.getBytes(0, count, out.array(), at);
    } else {
      // not the JDK's encoders: they replace what is not a character
      out.putByte(Tag.UTF16);
      out.putVarInt(count);
      int at = out.grow(Math.multiplyExact(count, 2));
      for (int i = 0; i < count; i++) {
        out.view().putChar(at + 2 * i, text.charAt(i));
      }
    }
  }
}
