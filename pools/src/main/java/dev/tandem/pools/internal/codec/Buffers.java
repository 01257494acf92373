package dev.tandem.pools.internal.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Byte buffers: their remaining bytes, their byte order, and whether they are read-only. Direct
/// buffers arrive as heap buffers.
final class Buffers {
  private static final int READ_ONLY = 1;
  private static final int LITTLE_ENDIAN = 2;

  private Buffers() {}

  static void write(ByteBuffer buffer, Output out) {
    int flags = flags(buffer);
    int count = buffer.remaining();
    if (count >= Output.BLOB_SIZE) {
      int number = out.putBlob(buffer.duplicate());
      out.putByte(Tag.BUFFER_BLOB);
      out.putByte(flags);
      out.putVarInt(number);
    } else {
      out.putByte(Tag.BUFFER);
      out.putByte(flags);
      out.putVarInt(count);
      int at = out.grow(count);
      buffer.get(buffer.position(), out.array(), at, count);
    }
  }

  /// {@return the buffer whose tag has been read}
  static ByteBuffer read(int tag, Input in) throws DecodingException {
    int flags = in.getByte();
    return wrap(flags, tag == Tag.BUFFER_BLOB ? in.getBlob() : in.getBytes(in.getCount(1)));
  }

  static int flags(ByteBuffer buffer) {
    return (buffer.isReadOnly() ? READ_ONLY : 0)
        | (buffer.order() == ByteOrder.LITTLE_ENDIAN ? LITTLE_ENDIAN : 0);
  }

  static ByteBuffer wrap(int flags, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if ((flags & READ_ONLY) != 0) {
      buffer = buffer.asReadOnlyBuffer();
    }
    return buffer.order(
        (flags & LITTLE_ENDIAN) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }
}
