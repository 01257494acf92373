package dev.tandem.pools.internal.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encoded values: a growing array of bytes, and beside it, by reference, blobs that are too large
/// to copy. Used by one thread at a time, and reused.
public final class Output {
  /// The size in bytes from which an array or a buffer is a blob.
  static final int BLOB_SIZE = 16 << 10;

  /// The number of bytes of the array that [#reset()] keeps.
  private static final int KEPT = (1 << 20) + (64 << 10);

  /// About the longest array of a JVM: HotSpot rejects a few lengths below 2^31.
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final long limit;
  private byte[] array = new byte[256];
  private ByteBuffer view = view(array);
  private int length;
  private final List<ByteBuffer> blobs = new ArrayList<>(0);
  private long blobBytes;

  /// The definitions used, and the same as a set of bits.
  private int[] definitions = new int[4];

  private int definitionCount;
  private long[] defined = new long[1];

  private @Nullable Writing writing;

  /// Creates one without a limit of its own.
  public Output() {
    this(Long.MAX_VALUE);
  }

  /// Creates one.
  ///
  /// @param limit the largest number of bytes, blobs included; a value that needs more cannot be
  ///   encoded
  public Output(long limit) {
    this.limit = limit;
  }

  /// {@return the bytes, from 0 to [#length()]; valid until something is put or reset}
  public byte[] array() {
    return array;
  }

  /// {@return the number of used bytes of the array}
  public int length() {
    return length;
  }

  /// {@return the blobs, in the order of their numbers; a live view}
  public List<ByteBuffer> blobs() {
    return blobs;
  }

  /// {@return the number of bytes of all blobs}
  public long blobBytes() {
    return blobBytes;
  }

  /// {@return the number of definitions used since the last reset}
  public int definitionCount() {
    return definitionCount;
  }

  /// {@return the number of a definition that the other side needs first}
  ///
  /// @param index from 0 to [#definitionCount()]
  public int definition(int index) {
    return definitions[index];
  }

  /// Removes all bytes, blobs and definitions.
  public void reset() {
    length = 0;
    blobs.clear();
    blobBytes = 0; // not by their remaining bytes: a sender may have moved their positions
    for (int i = 0; i < definitionCount; i++) {
      defined[definitions[i] >> 6] = 0;
    }
    definitionCount = 0;
    if (array.length > KEPT) {
      array = new byte[256];
      view = view(array);
    }
  }

  /// Truncates the output. Definitions stay: a surplus one does no harm.
  ///
  /// @param toLength the earlier value of [#length()]
  /// @param toBlobs the earlier number of blobs
  public void truncate(int toLength, int toBlobs) {
    length = toLength;
    while (blobs.size() > toBlobs) {
      blobBytes -= blobs.removeLast().remaining();
    }
  }

  /// Puts the lowest eight bits.
  public void putByte(int value) {
    int at = grow(1);
    array[at] = (byte) value;
  }

  void putChar(char value) {
    int at = grow(2);
    view.putChar(at, value);
  }

  /// Puts four bytes.
  public void putInt(int value) {
    int at = grow(4); // first, because it may replace the view
    view.putInt(at, value);
  }

  /// Puts four bytes over others.
  ///
  /// @param at where
  public void setInt(int at, int value) {
    view.putInt(at, value);
  }

  /// Puts eight bytes over others.
  ///
  /// @param at where
  public void setLong(int at, long value) {
    view.putLong(at, value);
  }

  /// Puts eight bytes.
  public void putLong(long value) {
    int at = grow(8);
    view.putLong(at, value);
  }

  /// Puts one to five bytes: one, if the value is between 0 and 127.
  public void putVarInt(int value) {
    int at = grow(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      array[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[at++] = (byte) rest;
    length = at;
  }

  /// Puts a part of an array.
  public void putBytes(byte[] bytes, int from, int count) {
    int at = grow(count);
    System.arraycopy(bytes, from, array, at, count);
  }

  /// Puts a text.
  public void putString(String text) {
    Texts.put(text, this);
  }

  /// Adds a blob.
  int putBlob(ByteBuffer bytes) {
    checkLimit(bytes.remaining());
    if (bytes.remaining() > LARGEST_ARRAY) {
      throw new TooLarge(LARGEST_ARRAY); // a direct buffer, which would arrive as an array
    }
    blobs.add(bytes);
    blobBytes += bytes.remaining();
    return blobs.size() - 1;
  }

  /// Records that the receiver needs a definition.
  void use(int id) {
    int word = id >> 6;
    if (word >= defined.length) {
      defined = Arrays.copyOf(defined, Math.max(word + 1, defined.length * 2));
    }
    if ((defined[word] & 1L << id) == 0) {
      defined[word] |= 1L << id;
      if (definitionCount == definitions.length) {
        definitions = Arrays.copyOf(definitions, definitionCount * 2);
      }
      definitions[definitionCount++] = id;
    }
  }

  /// Makes room in the array.
  ///
  /// @return the position of the room
  int grow(int count) {
    int at = length;
    if (count > array.length - at) {
      enlarge(count);
    }
    length = at + count;
    return at;
  }

  private void enlarge(int count) {
    checkLimit(count);
    long needed = (long) length + count;
    if (needed > LARGEST_ARRAY) {
      throw new TooLarge(LARGEST_ARRAY);
    }
    long roomy = Math.min(Math.max(needed, array.length * 2L), LARGEST_ARRAY);
    // a large array takes what it needs, and a little: doubling would copy the bytes once more
    int size = (int) (count > array.length ? Math.min(needed + 256, LARGEST_ARRAY) : roomy);
    array = Arrays.copyOf(array, size);
    view = view(array);
  }

  void checkLimit(int count) {
    if (length + blobBytes + count > limit) {
      throw new TooLarge(limit);
    }
  }

  /// The array, for bulk copies; positions in it are those of the array.
  ByteBuffer view() {
    return view;
  }

  Writing writing(Encoder encoder) {
    Writing current = writing;
    if (current == null || current.encoder != encoder) {
      current = new Writing(encoder, this);
      writing = current;
    }
    return current;
  }

  private static ByteBuffer view(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The limit is reached. Never leaves the encoder.
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final long limit;

    TooLarge(long limit) {
      super(null, null, false, false);
      this.limit = limit;
    }
  }
}
