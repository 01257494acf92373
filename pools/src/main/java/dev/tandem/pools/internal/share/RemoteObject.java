package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Handle;
import dev.tandem.pools.internal.codec.Output;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// An object of the application's JVM whose interface the workers of a pool can call, behind its
/// proxy in one process.
abstract class RemoteObject implements InvocationHandler, Handle {
  static final int KIND = 16;

  private static final @Nullable Object[] NO_ARGUMENTS = {};

  final long id;
  final Class<?> service;
  final Object proxy;
  private final Encoder encoder;

  /// @param encoder that of the process and pool
  RemoteObject(long id, Class<?> service, Encoder encoder) {
    this.id = id;
    this.service = service;
    this.encoder = encoder;
    this.proxy = Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, this);
  }

  /// {@return the name of a method, for a text}
  static String title(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  /// {@return what names a method in a message}
  static String name(Method method) {
    StringBuilder name = new StringBuilder(method.getName()).append('(');
    for (Class<?> parameter : method.getParameterTypes()) {
      name.append(parameter.getName()).append(',');
    }
    return name.append(')').toString();
  }

  /// Calls a method of the interface.
  abstract @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable;

  @Override
  public final @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() != Object.class) {
      return call(method, arguments == null ? NO_ARGUMENTS : arguments);
    }
    return switch (method.getName()) {
      case "equals" ->
          arguments != null
              && arguments[0] != null
              && Handle.of(arguments[0]) instanceof RemoteObject object
              && object.id == id
              && object.encoder == encoder;
      case "hashCode" -> Long.hashCode(id);
      default -> toString();
    };
  }

  @Override
  public final int kind() {
    return KIND;
  }

  @Override
  public final void write(Encoder to, Output out) {
    if (to != encoder) {
      throw new IllegalArgumentException(this + " cannot be sent to the workers of another pool");
    }
    out.putLong(id);
    out.putString(service.getName());
  }

  @Override
  public final String toString() {
    return "remote " + service.getName() + " " + id;
  }
}
