package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A remote object in the application's JVM: calls go to the object itself.
final class ExportedObject extends RemoteObject {
  private final Object target;
  private final Map<String, Method> methods;

  ExportedObject(long id, Class<?> service, Object target, Encoder encoder) {
    super(id, service, encoder);
    this.target = target;
    this.methods = methods(service);
    try {
      methods.values().forEach(method -> method.setAccessible(true)); // a package-private interface
    } catch (InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "service: %s (expected: an interface whose package is exported or opened to dev.tandem)"
              .formatted(service.getName()),
          e);
    }
  }

  /// {@return the method of this name; null if the interface has none}
  @Nullable Method method(String name) {
    return methods.get(name);
  }

  @Override
  @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
    Method own = methods.get(name(method)); // that of the proxy may not be accessible
    try {
      return (own == null ? method : own).invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
