package dev.tandem.pools.internal.codec;

import java.lang.reflect.Method;

/// What the current thread has allocated.
public final class AllocatedBytes {
  private AllocatedBytes() {}

  /// {@return so many bytes since the thread started} By reflection: the module under test does not
  /// read `java.management`.
  public static long now() {
    try {
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Method method =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
      return (long) method.invoke(factory.getMethod("getThreadMXBean").invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
