package dev.tandem.pools.internal.codec;

import static java.lang.invoke.MethodHandles.collectArguments;
import static java.lang.invoke.MethodHandles.filterArguments;
import static java.lang.invoke.MethodHandles.foldArguments;
import static java.lang.invoke.MethodHandles.permuteArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The composition of a class's accessors and constructor with the readers and writers of its parts
/// into one method handle for each direction: no boxes, no array, one call. Composing takes
/// milliseconds, so it pays only for classes with many objects.
final class Composer {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Composer() {}

  /// {@return a handle from (object, writing) that writes all parts in their order}
  ///
  /// @param getters from an object to a primitive or an object
  static MethodHandle writer(MethodHandle[] getters) throws ReflectiveOperationException {
    MethodHandle all = MethodHandles.empty(methodType(void.class, Object.class, Writing.class));
    for (int i = getters.length - 1; i >= 0; i--) {
      Class<?> type = getters[i].type().returnType();
      MethodHandle put =
          LOOKUP.findStatic(PartKinds.class, "put", methodType(void.class, type, Writing.class));
      all = foldArguments(all, filterArguments(put, 0, getters[i]));
    }
    return all;
  }

  /// {@return a handle from (reading) that reads all parts in their order and makes the object}
  ///
  /// @param maker from the parts to the object
  static MethodHandle reader(MethodHandle maker) throws ReflectiveOperationException {
    MethodType parts = maker.type();
    MethodHandle all = maker.asType(parts.changeReturnType(Object.class));
    for (int i = parts.parameterCount() - 1; i >= 0; i--) { // the last one applied is called first
      Class<?> type = parts.parameterType(i);
      Class<?> read = type.isPrimitive() ? type : Object.class;
      String name = "get" + (type.isPrimitive() ? type.descriptorString() : "L");
      MethodHandle get =
          LOOKUP
              .findStatic(PartKinds.class, name, methodType(read, Reading.class))
              .asType(methodType(type, Reading.class));
      all = collectArguments(all, i, get);
    }
    int[] allTheSame = new int[parts.parameterCount()];
    return permuteArguments(all, methodType(Object.class, Reading.class), allTheSame);
  }
}
