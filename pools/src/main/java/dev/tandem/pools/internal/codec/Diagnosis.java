package dev.tandem.pools.internal.codec;

import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/// Says why a value cannot be sent.
final class Diagnosis {
  private Diagnosis() {}

  static NotSerializableException explain(@Nullable Object value, NotSerializableException e) {
    NotSerializableException explained =
        new NotSerializableException(e.getMessage() + " is not serializable");
    explained.initCause(e);
    return explained;
  }

  static String describe(@Nullable Object value, Throwable e) {
    return (value == null ? "null" : value.getClass().getName()) + " cannot be sent: " + e;
  }
}
