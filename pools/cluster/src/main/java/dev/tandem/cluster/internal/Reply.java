package dev.tandem.cluster.internal;

import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The reply to one request, as the member writes it.
final class Reply {
  private static final int MOST_CAUSES = 20;

  private final Encoder encoder;
  private final UUID encoderId;
  final Output out = new Output(Envelope.MOST_BYTES);

  Reply(Encoder encoder, UUID encoderId) {
    this.encoder = encoder;
    this.encoderId = encoderId;
  }

  /// {@return a reply that says nothing but its kind}
  static byte[] of(int kind) {
    return new byte[] {(byte) kind};
  }

  byte[] failure(Throwable e) {
    out.reset();
    putFailure(e);
    return sealed();
  }

  byte[] result(@Nullable Object result) {
    putResult(result);
    return sealed();
  }

  /// {@return the reply to a request that cannot be decoded here}
  byte[] undecodable(DecodingException e) {
    out.reset();
    putUndecodable(e);
    return sealed();
  }

  private byte[] sealed() {
    return sealed(Wire.OUTCOME);
  }

  /// {@return the reply with what was put}
  byte[] sealed(int kind) {
    try {
      return Envelope.seal(kind, encoderId, encoder, new Output(), out);
    } catch (NotSerializableException e) { // too long
      return failure(Encoder.unsendable(e));
    }
  }

  // ---- an outcome, as a reply or in one

  /// Puts a result, or the failure to encode it.
  void putResult(@Nullable Object result) {
    int at = out.length();
    int blobs = out.blobs().size();
    out.putByte(Wire.RESULT);
    try {
      encoder.encode(result, out);
    } catch (NotSerializableException e) {
      out.truncate(at, blobs);
      putFailure(Encoder.unsendable(e));
    }
  }

  void putFailure(Throwable e) {
    out.putByte(Wire.FAILURE);
    encoder.encodeFailure(e, out);
  }

  void putUndecodable(DecodingException e) {
    String missing = missingClass(e);
    if (missing != null) {
      out.putByte(Wire.CLASS_UNAVAILABLE);
      out.putString(missing);
    } else {
      var refused = new InvalidClassException("the task cannot be accepted: " + e.getMessage());
      refused.setStackTrace(new StackTraceElement[0]);
      putFailure(refused);
    }
  }

  /// {@return the class whose absence is the cause; null if something else is}
  static @Nullable String missingClass(Throwable e) {
    Throwable cause = e;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
        String name = cause.getMessage();
        return name == null ? "?" : name.replace('/', '.');
      }
      cause = cause.getCause();
    }
    return null;
  }
}
