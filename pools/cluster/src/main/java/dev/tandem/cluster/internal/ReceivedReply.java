package dev.tandem.cluster.internal;

import dev.tandem.cluster.ClassUnavailableException;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import org.jspecify.annotations.Nullable;

/// A member's reply, as the caller reads it.
final class ReceivedReply {
  private ReceivedReply() {}

  /// {@return the outcome of one body}
  ///
  /// @param in positioned at the kind of the outcome
  /// @throws DecodingException if the bytes are broken
  static Outcome read(Decoder decoder, Input in, String member) throws DecodingException {
    int kind = in.getByte();
    return switch (kind) {
      case Wire.RESULT -> result(decoder, in);
      case Wire.FAILURE -> new Outcome(null, decoder.decodeFailure(in));
      case Wire.CLASS_UNAVAILABLE ->
          new Outcome(null, new ClassUnavailableException(in.getString(), member));
      default -> throw new DecodingException("broken reply: an outcome of the kind " + kind);
    };
  }

  private static Outcome result(Decoder decoder, Input in) {
    try {
      return new Outcome(decoder.decode(in), null);
    } catch (DecodingException e) {
      return new Outcome(null, e.ofResult());
    }
  }

  /// A result, or a failure if that is not null.
  record Outcome(@Nullable Object result, @Nullable Throwable failure) {}
}
