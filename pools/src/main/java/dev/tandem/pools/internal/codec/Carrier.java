package dev.tandem.pools.internal.codec;

import java.io.Serial;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stand-in for an object that the JDK's serialization cannot write: see [JdkSerialization].
final class Carrier implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /// The tag of the kind of object.
  private final int kind;

  /// The class of the object, if the tag does not determine it.
  private final @Nullable Class<?> type;

  /// The parts of the object; each of them serializable, or replaced in turn.
  private final @Nullable Object[] parts;

  Carrier(int kind, @Nullable Class<?> type, @Nullable Object... parts) {
    this.kind = kind;
    this.type = type;
    this.parts = parts;
  }

  /// {@return the object}
  ///
  /// @throws RuntimeException if the parts are not those of such an object
  /// @param failures the failure whose exception is being read; null outside of failures
  Object open(Decoder decoder, Input blobs, @Nullable FailureReader failures)
      throws DecodingException {
    return switch (kind) {
      case Tag.FAILURE -> {
        if (failures == null) {
          throw new DecodingException("broken message: an exception of no failure");
        }
        yield failures.node((Integer) part(0));
      }
      case Tag.BYTES_BLOB -> blobs.getBlob((Integer) part(0));
      case Tag.HANDLE -> {
        byte[] bytes = (byte[]) part(0);
        Input in = new Input(bytes, 0, bytes.length);
        yield decoder.handles.open(in.getByte(), in, decoder);
      }
      case Tag.RECORD -> record();
      case Tag.BUFFER -> Buffers.wrap((Integer) part(0), (byte[]) part(1));
      case Tag.OPTIONAL -> Optional.ofNullable(parts[0]);
      case Tag.ENTRY -> Map.entry(part(0), part(1));
      default -> value((byte[]) part(0));
    };
  }

  private Object part(int index) {
    Object part = parts[index];
    if (part == null) {
      throw new IllegalArgumentException("part " + index + " is missing");
    }
    return part;
  }

  private Object value(byte[] bytes) throws DecodingException {
    Input in = new Input(bytes, 0, bytes.length);
    return Values.read(in.getByte(), in);
  }

  private Object record() throws DecodingException {
    Class<?> record = type;
    Parts known = record == null || !record.isRecord() ? null : RecordShape.of(record).parts;
    if (known == null || known.count() != parts.length) {
      throw new DecodingException("broken message: " + record + " is not such a record");
    }
    return known.make(parts);
  }
}
