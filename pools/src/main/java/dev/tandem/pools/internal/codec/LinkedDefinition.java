package dev.tandem.pools.internal.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// A definition in the receiver, which the first value that uses it links to its class.
final class LinkedDefinition {
  private final Decoder decoder;
  final int kind;
  private final String name;
  private final String signature;
  private final String[] constantNames;
  private final @Nullable LinkedLambda lambda;
  private @Nullable Parts parts;
  private @Nullable Object @Nullable [] constants;
  private @Nullable Class<?> component;

  LinkedDefinition(Decoder decoder, Input in) throws DecodingException {
    this.decoder = decoder;
    kind = in.getByte();
    name = in.getString();
    signature = kind == Definition.RECORD ? in.getString() : "";
    constantNames = new String[kind == Definition.ENUM ? in.getElements() : 0];
    for (int i = 0; i < constantNames.length; i++) {
      constantNames[i] = in.getString();
    }
    lambda = kind == Definition.LAMBDA ? new LinkedLambda(decoder, name, in) : null;
    if (kind < Definition.RECORD || kind > Definition.LAMBDA) {
      throw new DecodingException("broken message: a definition of kind " + kind);
    }
  }

  /// {@return the same definition, to be linked to the classes of another loader}
  LinkedDefinition(LinkedDefinition same, Decoder decoder) {
    this.decoder = decoder;
    kind = same.kind;
    name = same.name;
    signature = same.signature;
    constantNames = same.constantNames;
    lambda = same.lambda == null ? null : new LinkedLambda(same.lambda, decoder);
  }

  Parts parts() throws DecodingException {
    Parts known = parts;
    if (known == null) {
      Class<?> type = decoder.load(name);
      RecordShape shape = type.isRecord() ? RecordShape.of(type) : null;
      if (shape == null || shape.parts == null || !shape.signature.equals(signature)) {
        throw new DecodingException(name + " is not the same record here");
      }
      known = shape.parts;
      parts = known;
    }
    return known;
  }

  Object constant(int index) throws DecodingException {
    @Nullable Object[] known = constants;
    if (known == null) {
      known = new @Nullable Object[constantNames.length];
      constants = known;
    }
    if (index < 0 || index >= known.length) {
      throw new DecodingException("broken message: constant " + index + " of " + name);
    }
    Object constant = known[index];
    if (constant == null) {
      constant = valueOf(decoder.load(name), constantNames[index]);
      known[index] = constant;
    }
    return constant;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object valueOf(Class type, String constant) throws DecodingException {
    if (!type.isEnum()) {
      throw new DecodingException(type.getName() + " is not an enum here");
    }
    return Enum.valueOf(type, constant);
  }

  @Nullable Object[] array(int length) throws DecodingException {
    Class<?> known = component;
    if (known == null) {
      known = decoder.load(name).getComponentType();
      if (known == null || known.isPrimitive()) {
        throw new DecodingException("broken message: " + name + " is no array of objects");
      }
      component = known;
    }
    return (@Nullable Object[]) Array.newInstance(known, length);
  }

  Object lambda(Reading from) throws DecodingException {
    return lambda().read(from);
  }

  Object lambda(@Nullable Object captured) throws DecodingException {
    if (!(captured instanceof Object[] values)) {
      throw new DecodingException("broken message: a lambda without captured values");
    }
    return lambda().make(values);
  }

  private LinkedLambda lambda() {
    LinkedLambda known = lambda;
    if (known == null) {
      throw new IllegalStateException("a definition of kind " + kind);
    }
    return known;
  }
}
