package dev.tandem.pools.internal.codec;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// An object that several processes have in common: only what finds it is sent. A proxy is one,
/// too, if its invocation handler is.
public interface Handle {
  /// {@return what tells a [HandleOpener] which kind of object it is; from 0 to 255}
  int kind();

  /// Appends what a [HandleOpener] needs on the other side.
  ///
  /// @param encoder of whom the message is
  /// @throws RuntimeException if the object cannot be used behind this encoder; the message says
  ///   why
  void write(Encoder encoder, Output out);

  /// {@return the handle that the object is, or that its calls go to; null if there is none}
  static @Nullable Handle of(Object object) {
    if (object instanceof Handle handle) {
      return handle;
    }
    return Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Handle handle
        ? handle
        : null;
  }
}
