package dev.tandem.pools.internal.codec;

import java.nio.ByteBuffer;

/// Arrays of primitives: a tag, the length, and the elements as they are in memory.
final class PrimitiveArrays {
  private PrimitiveArrays() {}

  static void write(int tag, Object array, Output out) {
    switch (tag) {
      case Tag.BOOLEANS -> {
        boolean[] from = (boolean[]) array;
        int at = start(tag, from.length, 1, out);
        byte[] to = out.array();
        for (int i = 0; i < from.length; i++) {
          to[at + i] = (byte) (from[i] ? 1 : 0);
        }
      }
      case Tag.BYTES -> {
        byte[] from = (byte[]) array;
        if (from.length >= Output.BLOB_SIZE) {
          int number = out.putBlob(ByteBuffer.wrap(from));
          out.putByte(Tag.BYTES_BLOB);
          out.putVarInt(number);
        } else {
          out.putByte(tag);
          out.putVarInt(from.length);
          out.putBytes(from, 0, from.length);
        }
      }
      case Tag.SHORTS -> {
        short[] from = (short[]) array;
        place(tag, from.length, 2, out).asShortBuffer().put(from);
      }
      case Tag.CHARS -> {
        char[] from = (char[]) array;
        place(tag, from.length, 2, out).asCharBuffer().put(from);
      }
      case Tag.INTS -> {
        int[] from = (int[]) array;
        place(tag, from.length, 4, out).asIntBuffer().put(from);
      }
      case Tag.LONGS -> {
        long[] from = (long[]) array;
        place(tag, from.length, 8, out).asLongBuffer().put(from);
      }
      case Tag.FLOATS -> {
        float[] from = (float[]) array;
        place(tag, from.length, 4, out).asFloatBuffer().put(from);
      }
      case Tag.DOUBLES -> {
        double[] from = (double[]) array;
        place(tag, from.length, 8, out).asDoubleBuffer().put(from);
      }
      default -> throw new AssertionError("tag " + tag);
    }
  }

  private static int start(int tag, int length, int size, Output out) {
    long bytes = (long) length * size;
    if (bytes > Integer.MAX_VALUE - 16) {
      throw new Output.TooLarge(Integer.MAX_VALUE);
    }
    out.putByte(tag);
    out.putVarInt(length);
    return out.grow((int) bytes);
  }

  private static ByteBuffer place(int tag, int length, int size, Output out) {
    int at = start(tag, length, size, out);
    return out.view().slice(at, length * size).order(out.view().order());
  }

  /// {@return the array whose tag has been read}
  static Object read(int tag, Input in) throws DecodingException {
    return switch (tag) {
      case Tag.BOOLEANS -> {
        boolean[] to = new boolean[in.getCount(1)];
        int at = in.skip(to.length);
        for (int i = 0; i < to.length; i++) {
          to[i] = in.array[at + i] != 0;
        }
        yield to;
      }
      case Tag.BYTES -> in.getBytes(in.getCount(1));
      case Tag.BYTES_BLOB -> in.getBlob();
      case Tag.SHORTS -> {
        short[] to = new short[in.getCount(2)];
        place(to.length * 2, in).asShortBuffer().get(to);
        yield to;
      }
      case Tag.CHARS -> {
        char[] to = new char[in.getCount(2)];
        place(to.length * 2, in).asCharBuffer().get(to);
        yield to;
      }
      case Tag.INTS -> {
        int[] to = new int[in.getCount(4)];
        place(to.length * 4, in).asIntBuffer().get(to);
        yield to;
      }
      case Tag.LONGS -> {
        long[] to = new long[in.getCount(8)];
        place(to.length * 8, in).asLongBuffer().get(to);
        yield to;
      }
      case Tag.FLOATS -> {
        float[] to = new float[in.getCount(4)];
        place(to.length * 4, in).asFloatBuffer().get(to);
        yield to;
      }
      case Tag.DOUBLES -> {
        double[] to = new double[in.getCount(8)];
        place(to.length * 8, in).asDoubleBuffer().get(to);
        yield to;
      }
      default -> throw new DecodingException("broken message: there is no array " + tag);
    };
  }

  private static ByteBuffer place(int bytes, Input in) throws DecodingException {
    int at = in.skip(bytes);
    return in.view.slice(at, bytes).order(in.view.order());
  }
}
