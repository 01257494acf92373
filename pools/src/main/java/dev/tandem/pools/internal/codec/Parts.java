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

/// Access to the parts of a record (its components) or of a lambda (its captured values), and the
/// constructor that takes them. Primitives are written without a tag.
final class Parts {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /// The number of objects after which composing their handles pays.
  private static final int MANY = 2_000;

  private final byte[] kinds;
  private final MethodHandle[] getters;
  private final MethodHandle constructor;

  // Found on first use, perhaps twice: method handles are immutable, so the race is harmless.
  private @Nullable MethodHandle maker;
  private @Nullable MethodHandle reader;
  private @Nullable MethodHandle writer;

  // Counts of objects without composed handles; racing threads may lose increments.
  private int read;
  private int written;

  private Parts(MethodHandle[] getters, MethodHandle constructor) {
    this.kinds = new byte[getters.length];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) getters[i].type().returnType().descriptorString().charAt(0);
    }
    this.getters = getters;
    this.constructor = constructor;
  }

  /// {@return the parts, or null if reflection is closed}
  ///
  /// @param members fields, or methods without parameters, in the order of the parameters
  static @Nullable Parts of(AccessibleObject[] members, Constructor<?> constructor) {
    Class<?>[] types = constructor.getParameterTypes();
    if (types.length != members.length || !constructor.trySetAccessible()) {
      return null;
    }
    try {
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
      return new Parts(getters, LOOKUP.unreflectConstructor(constructor).asFixedArity());
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
    try {
      MethodHandle composed = writer;
      if (composed != null) {
        composed.invokeExact(holder, to);
        return;
      }
      for (int i = 0; i < kinds.length; i++) {
        writePart(kinds[i], getters[i], holder, to);
      }
      if (++written >= MANY) {
        writer = Composer.writer(getters);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) { // of an accessor, which cannot declare a checked exception
      throw new IllegalStateException(e);
    }
  }

  private static void writePart(int kind, MethodHandle getter, Object holder, Writing to)
      throws Throwable {
    switch (kind) {
      case 'I' -> PartKinds.put((int) getter.invokeExact(holder), to);
      case 'J' -> PartKinds.put((long) getter.invokeExact(holder), to);
      case 'D' -> PartKinds.put((double) getter.invokeExact(holder), to);
      case 'F' -> PartKinds.put((float) getter.invokeExact(holder), to);
      case 'Z' -> PartKinds.put((boolean) getter.invokeExact(holder), to);
      case 'B' -> PartKinds.put((byte) getter.invokeExact(holder), to);
      case 'S' -> PartKinds.put((short) getter.invokeExact(holder), to);
      case 'C' -> PartKinds.put((char) getter.invokeExact(holder), to);
      default -> to.write((@Nullable Object) getter.invokeExact(holder));
    }
  }

  /// {@return the parts, for the JDK's serialization}
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
    try {
      MethodHandle composed = reader;
      if (composed != null) {
        return composed.invokeExact(from);
      }
      @Nullable Object[] values = new @Nullable Object[kinds.length];
      for (int i = 0; i < kinds.length; i++) {
        values[i] = PartKinds.read(kinds[i], from);
      }
      Object made = make(values);
      if (++read >= MANY) {
        reader = Composer.reader(constructor);
      }
      return made;
    } catch (DecodingException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return a new object}
  ///
  /// @throws RuntimeException the exception of the constructor, or if the parts do not fit
  Object make(@Nullable Object[] values) {
    try {
      MethodHandle known = maker;
      if (known == null) {
        known =
            constructor
                .asSpreader(Object[].class, kinds.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        maker = known;
      }
      return known.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
