package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A remote object in the application's JVM: calls go to the object itself.
final class ExportedObject extends RemoteObject {
  private final Object target;

  /// The methods that can be called, by what names them in a message.
  private final Map<String, Method> methods = new HashMap<>();

  ExportedObject(long id, Class<?> service, Object target, Encoder encoder) {
    super(id, service, encoder);
    this.target = target;
    try {
      for (Method method : service.getMethods()) {
        if (!Modifier.isStatic(method.getModifiers())) {
          method.setAccessible(true); // the interface may not be public
          methods.put(name(method), method);
        }
      }
    } catch (InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "service: %s (expected: a public interface in a package that is exported to dev.tandem, or one in a package that is opened to it)"
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
