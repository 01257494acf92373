package dev.tandem.pools.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Encoded values to read. Whatever the bytes are, it reads nothing beyond their end, and what its
/// caller allocates by the counts that it returns is in proportion to them.
public final class Input {
  private static final byte[] @Nullable [] NO_BLOBS = {};

  final byte[] array;

  /// The array, for bulk copies; positions in it are those of the array.
  final ByteBuffer view;

  private final int end;
  private final byte[] @Nullable [] blobs;
  private int position;

  /// How many elements may still be announced: each takes a byte at least, so that all collections
  /// together cannot have more elements than there are bytes.
  private int elements;

  /// Creates one.
  ///
  /// @param array the bytes
  /// @param from the position of the first byte
  /// @param to the position behind the last byte
  /// @param blobs what was in [Output#blobs()]; each can be decoded into an array as it is
  public Input(byte[] array, int from, int to, byte[] @Nullable [] blobs) {
    this.array = array;
    this.view = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    this.position = from;
    this.end = to;
    this.blobs = blobs;
    this.elements = to - from;
  }

  /// Creates one without blobs.
  public Input(byte[] array, int from, int to) {
    this(array, from, to, NO_BLOBS);
  }

  /// {@return the rest of these bytes, as an input of its own, with the same blobs}
  public Input copy() {
    return new Input(Arrays.copyOfRange(array, position, end), 0, end - position, blobs);
  }

  /// {@return where the next byte is}
  public int position() {
    return position;
  }

  /// {@return how many bytes there are left}
  public int remaining() {
    return end - position;
  }

  /// {@return the next byte, from 0 to 255}
  public int getByte() throws DecodingException {
    return array[skip(1)] & 0xff;
  }

  char getChar() throws DecodingException {
    return view.getChar(skip(2));
  }

  /// {@return the next four bytes}
  public int getInt() throws DecodingException {
    return view.getInt(skip(4));
  }

  /// {@return the next eight bytes}
  public long getLong() throws DecodingException {
    return view.getLong(skip(8));
  }

  /// {@return what [Output#putVarInt] has put}
  public int getVarInt() throws DecodingException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = array[skip(1)];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DecodingException("broken message: a number of more than five bytes");
  }

  /// {@return what [Output#putString] has put}
  public String getString() throws DecodingException {
    int tag = getByte();
    return switch (tag) {
      case Tag.LATIN1 -> getLatin1();
      case Tag.UTF16 -> getUtf16();
      default -> throw new DecodingException("broken message: " + tag + " instead of a text");
    };
  }

  String getLatin1() throws DecodingException {
    int count = getCount(1);
    return new String(array, skip(count), count, ISO_8859_1);
  }

  String getUtf16() throws DecodingException {
    char[] chars = new char[getCount(2)];
    view.slice(skip(2 * chars.length), 2 * chars.length)
        .order(view.order())
        .asCharBuffer()
        .get(chars);
    return new String(chars);
  }

  /// {@return the next bytes}
  ///
  /// @param count how many
  public byte[] getBytes(int count) throws DecodingException {
    int at = skip(count);
    byte[] bytes = new byte[count];
    System.arraycopy(array, at, bytes, 0, count);
    return bytes;
  }

  /// {@return a number of things that follow}
  ///
  /// @param size how many bytes each has
  int getCount(int size) throws DecodingException {
    int count = getVarInt();
    if (count < 0 || (long) count * size > end - position) {
      throw new DecodingException(
          "broken message: "
              + (count & 0xffff_ffffL)
              + " elements where "
              + remaining()
              + " bytes are left");
    }
    return count;
  }

  /// {@return a number of values that follow}
  int getElements() throws DecodingException {
    int count = getCount(1);
    elements -= count;
    if (elements < 0) {
      throw new DecodingException("broken message: more elements than bytes");
    }
    return count;
  }

  /// {@return a blob; each is there once, as the decoded object owns the array}
  byte[] getBlob() throws DecodingException {
    return getBlob(getVarInt());
  }

  byte[] getBlob(int number) throws DecodingException {
    byte[] @Nullable [] all = blobs;
    byte[] blob = number < 0 || number >= all.length ? null : all[number];
    if (blob == null) {
      throw new DecodingException(
          "broken message: blob " + number + " of " + all.length + ", or the same one twice");
    }
    all[number] = null;
    return blob;
  }

  /// Passes over some bytes.
  ///
  /// @return the position of the first of them
  @CanIgnoreReturnValue
  public int skip(int count) throws DecodingException {
    int at = position;
    if (count < 0 || count > end - at) {
      throw new DecodingException("broken message: it ends too early");
    }
    position = at + count;
    return at;
  }

  /// {@return a part of the same bytes, with the same blobs}
  ///
  /// @param from the position of its first byte; not before those that were passed already
  Input slice(int from, int to) {
    return new Input(array, from, to, blobs);
  }
}
