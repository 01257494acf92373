package dev.tandem.pools.internal.codec;

import java.lang.invoke.SerializedLambda;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The description of a class, or of the site of a lambda, that the receiver must know before an
/// object can refer to it. Written once, sent once per connection; [LinkedDefinition] reads it.
final class Definition {
  static final int RECORD = 1;
  static final int ENUM = 2;
  static final int ARRAY = 3;
  static final int LAMBDA = 4;

  private Definition() {}

  static byte[] ofRecord(Class<?> type, RecordShape shape) {
    Output out = start(RECORD, type.getName());
    out.putString(shape.signature);
    return bytes(out);
  }

  static byte[] ofEnum(Class<?> type) {
    Output out = start(ENUM, type.getName());
    Object[] constants = type.getEnumConstants();
    out.putVarInt(constants.length);
    for (Object constant : constants) {
      out.putString(((Enum<?>) constant).name());
    }
    return bytes(out);
  }

  static byte[] ofArray(Class<?> type) {
    return bytes(start(ARRAY, type.getName()));
  }

  static byte[] ofLambda(SerializedLambda site, String kinds) {
    Output out = start(LAMBDA, site.getCapturingClass().replace('/', '.'));
    out.putString(site.getFunctionalInterfaceClass());
    out.putString(site.getFunctionalInterfaceMethodName());
    out.putString(site.getFunctionalInterfaceMethodSignature());
    out.putInt(site.getImplMethodKind());
    out.putString(site.getImplClass());
    out.putString(site.getImplMethodName());
    out.putString(site.getImplMethodSignature());
    out.putString(site.getInstantiatedMethodType());
    out.putString(kinds);
    return bytes(out);
  }

  static @Nullable String capturingClass(byte[] definition) {
    try {
      Input in = new Input(definition, 0, definition.length);
      return in.getByte() == LAMBDA ? in.getString() : null;
    } catch (DecodingException e) {
      throw new IllegalStateException(e); // it was written above
    }
  }

  /// {@return the descriptors of a lambda's method and of what it implements; none if the
  /// definition is not of a lambda}
  static String[] descriptors(byte[] definition) {
    try {
      Input in = new Input(definition, 0, definition.length);
      if (in.getByte() != LAMBDA) {
        return new String[0];
      }
      for (int i = 0; i < 4; i++) {
        in.getString(); // the capturing class, and the interface with its method
      }
      in.getInt();
      in.getString();
      in.getString();
      String implementation = in.getString();
      return new String[] {implementation, in.getString()};
    } catch (DecodingException e) {
      throw new IllegalStateException(e); // it was written above
    }
  }

  private static Output start(int kind, String name) {
    Output out = new Output();
    out.putByte(kind);
    out.putString(name);
    return out;
  }

  private static byte[] bytes(Output out) {
    return Arrays.copyOf(out.array(), out.length());
  }
}
