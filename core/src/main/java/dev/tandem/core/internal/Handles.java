package dev.tandem.core.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Finds the handles of fields that several threads change.
public final class Handles {
  private Handles() {}

  /// {@return the handle of a field of the class whose lookup this is}
  public static VarHandle of(MethodHandles.Lookup lookup, String field, Class<?> type) {
    try {
      return lookup.findVarHandle(lookup.lookupClass(), field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
