package dev.tandem.pools.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The parts of a record or of a lambda, and how to get at them: primitives are written without a
/// tag.
final class Parts {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final byte[] kinds;
  private final MethodHandle[] getters;

  /// From an array of the parts to the object.
  private final MethodHandle maker;

  private Parts(Class<?>[] types, MethodHandle[] getters, MethodHandle maker) {
    this.kinds = new byte[types.length];
    for (int i = 0; i < types.length; i++) {
      kinds[i] = (byte) types[i].descriptorString().charAt(0);
    }
    this.getters = getters;
    this.maker = maker;
  }

  /// {@return the parts, or null if reflection is closed}
  ///
  /// @param members fields, or methods without parameters, in the order of the parameters
  static @Nullable Parts of(AccessibleObject[] members, Constructor<?> constructor) {
    try {
      Class<?>[] types = constructor.getParameterTypes();
      MethodHandle[] getters = new MethodHandle[members.length];
      for (int i = 0; i < members.length; i++) {
        if (!members[i].trySetAccessible()) {
          return null;
        }
        MethodHandle getter =
            members[i] instanceof Field field
                ? LOOKUP.unreflectGetter(field)
                : LOOKUP.unreflect((Method) members[i]);
        Class<?> type = types[i].isPrimitive() ? types[i] : Object.class;
        getters[i] = getter.asType(MethodType.methodType(type, Object.class));
      }
      if (types.length != members.length || !constructor.trySetAccessible()) {
        return null;
      }
      MethodHandle maker =
          LOOKUP
              .unreflectConstructor(constructor)
              .asFixedArity()
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new Parts(types, getters, maker);
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  int count() {
    return kinds.length;
  }

  /// {@return the first characters of the descriptors}
  String kinds() {
    return new String(kinds, StandardCharsets.ISO_8859_1);
  }

  void write(Object holder, Writing to) {
    Output out = to.out;
    try {
      for (int i = 0; i < kinds.length; i++) {
        MethodHandle getter = getters[i];
        switch (kinds[i]) {
          case 'I' -> out.putInt((int) getter.invokeExact(holder));
          case 'J' -> out.putLong((long) getter.invokeExact(holder));
          case 'D' -> out.putLong(Double.doubleToRawLongBits((double) getter.invokeExact(holder)));
          case 'F' -> out.putInt(Float.floatToRawIntBits((float) getter.invokeExact(holder)));
          case 'Z' -> out.putByte((boolean) getter.invokeExact(holder) ? 1 : 0);
          case 'B' -> out.putByte((byte) getter.invokeExact(holder));
          case 'S' -> out.putChar((char) (short) getter.invokeExact(holder));
          case 'C' -> out.putChar((char) getter.invokeExact(holder));
          default -> to.write((@Nullable Object) getter.invokeExact(holder));
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) { // of an accessor; the compiler lets none declare it
      throw new IllegalStateException(e);
    }
  }

  /// {@return what the parts are, for the JDK's serialization}
  @Nullable Object[] get(Object holder) {
    @Nullable Object[] values = new @Nullable Object[kinds.length];
    try {
      for (int i = 0; i < kinds.length; i++) {
        values[i] = getters[i].invoke(holder);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  Object read(Reading from) throws DecodingException {
    @Nullable Object[] values = new @Nullable Object[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      values[i] = readPart(kinds[i], from);
    }
    return make(values);
  }

  static @Nullable Object readPart(int kind, Reading from) throws DecodingException {
    Input in = from.in();
    return switch (kind) {
      case 'I' -> (Object) in.getInt(); // a cast, or all numbers would become doubles
      case 'J' -> in.getLong();
      case 'D' -> Double.longBitsToDouble(in.getLong());
      case 'F' -> Float.intBitsToFloat(in.getInt());
      case 'Z' -> in.getByte() != 0;
      case 'B' -> (byte) in.getByte();
      case 'S' -> (short) in.getChar();
      case 'C' -> in.getChar();
      default -> from.read();
    };
  }

  /// {@return a new object}
  ///
  /// @throws RuntimeException what the constructor threw, or if the parts do not fit
  Object make(@Nullable Object[] values) {
    try {
      return maker.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
