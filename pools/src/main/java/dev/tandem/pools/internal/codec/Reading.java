package dev.tandem.pools.internal.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The state of a decoder while it reads one value.
final class Reading {
  private static final int FEW = 16;

  private final Decoder decoder;
  private @Nullable Input in;
  private @Nullable Object[] objects = new @Nullable Object[FEW];
  private int count;
  private int depth;

  Reading(Decoder decoder) {
    this.decoder = decoder;
  }

  void start(Input from) {
    in = from;
  }

  void end() {
    in = null;
    depth = 0;
    if (objects.length > FEW) {
      objects = new @Nullable Object[FEW];
    } else {
      Arrays.fill(objects, 0, count, null);
    }
    count = 0;
  }

  Input in() {
    Input current = in;
    if (current == null) {
      throw new IllegalStateException("nothing is being read");
    }
    return current;
  }

  /// Gives an object the next number, in the same order as the encoder.
  <T> T number(T object) {
    if (count == objects.length) {
      objects = Arrays.copyOf(objects, count * 2);
    }
    objects[count++] = object;
    return object;
  }

  /// {@return the reserved number of an object that is not made yet}
  int reserve() {
    number(Reading.class);
    return count - 1;
  }

  void set(int number, Object object) {
    objects[number] = object;
  }

  @Nullable Object read() throws DecodingException {
    Input from = in();
    int tag = from.getByte();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.TRUE -> (Object) true; // without the cast, all numbers would become doubles
      case Tag.FALSE -> false;
      case Tag.INT -> from.getInt();
      case Tag.LONG -> from.getLong();
      case Tag.DOUBLE -> Double.longBitsToDouble(from.getLong());
      case Tag.LATIN1 -> from.getLatin1();
      case Tag.UTF16 -> from.getUtf16();
      case Tag.REFERENCE -> earlier(from.getVarInt());
      default -> {
        if (++depth > Writing.MAX_DEPTH) {
          throw new DecodingException(
              "broken message: more than " + Writing.MAX_DEPTH + " values inside of each other");
        }
        Object value = readLarger(tag, from);
        depth--;
        yield value;
      }
    };
  }

  private @Nullable Object earlier(int number) throws DecodingException {
    if (number < 0 || number >= count) {
      throw new DecodingException("broken message: it refers to what is not there");
    }
    return objects[number];
  }

  private @Nullable Object readLarger(int tag, Input from) throws DecodingException {
    return switch (tag) {
      case Tag.RECORD -> linked(from, Definition.RECORD).parts().read(this);
      case Tag.SHARED_RECORD -> number(linked(from, Definition.RECORD).parts().read(this));
      case Tag.ENUM -> linked(from, Definition.ENUM).constant(from.getVarInt());
      case Tag.LAMBDA -> linked(from, Definition.LAMBDA).lambda(this);
      case Tag.ARRAY -> {
        @Nullable Object[] array = linked(from, Definition.ARRAY).array(from.getElements());
        yield ContainerReader.fill(number(array), this);
      }
      case Tag.LAMBDA_JDK -> linked(from, Definition.LAMBDA).lambda(decoder.readJdk(from, null));
      case Tag.JDK -> decoder.readJdk(from, null);
      case Tag.HANDLE -> decoder.handles.open(from.getByte(), from, decoder);
      default ->
          tag >= Tag.OPTIONAL_INT || tag < Tag.REFERENCE
              ? Values.read(tag, from)
              : ContainerReader.read(tag, this);
    };
  }

  private LinkedDefinition linked(Input from, int kind) throws DecodingException {
    return decoder.linked(from.getVarInt(), kind);
  }
}
