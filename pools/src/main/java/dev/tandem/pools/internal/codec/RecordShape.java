package dev.tandem.pools.internal.codec;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// The components of a record class. Shared by all encoders and decoders; held by the class.
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  /// The components, for both sides to compare.
  final String signature;

  /// Null if reflection is closed or the class has a serial form of its own.
  final @Nullable Parts parts;

  private RecordShape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    AccessibleObject[] members = new AccessibleObject[components.length];
    Class<?>[] types = new Class<?>[components.length];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < components.length; i++) {
      members[i] = components[i].getAccessor();
      types[i] = components[i].getType();
      text.append(components[i].getName()).append(' ').append(types[i].descriptorString());
    }
    this.signature = text.toString();
    this.parts = parts(type, members, types);
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static @Nullable Parts parts(
      Class<?> type, AccessibleObject[] accessors, Class<?>[] types) {
    if (declares(type, "writeReplace") || declares(type, "readResolve")) {
      return null;
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      AccessibleObject[] fields = new AccessibleObject[types.length];
      RecordComponent[] components = type.getRecordComponents();
      for (int i = 0; i < types.length; i++) {
        fields[i] = type.getDeclaredField(components[i].getName());
      }
      // the fields, as in the JDK's serialization: an accessor may hide the field's value
      Parts parts = Parts.of(fields, constructor);
      return parts == null ? Parts.of(accessors, constructor) : parts;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static boolean declares(Class<?> type, String method) {
    for (Method declared : type.getDeclaredMethods()) {
      if (declared.getName().equals(method) && declared.getParameterCount() == 0) {
        return true;
      }
    }
    return false;
  }
}
