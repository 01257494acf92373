package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// The site of a lambda, in the receiver.
final class LinkedLambda {
  /*
   * The first lambda is made by the compiler's own code, `$deserializeLambda$` in the class where it
   * was written: only that code knows all sites, so that a sender cannot have a method called that
   * is not the body of a serializable lambda. The class of the first lambda makes the others.
   */

  private static final int MOST_CAPTURED = 255;
  private static final int MADE_SLOWLY = 20;

  private final Decoder decoder;
  private final String capturingClass;
  private final String interfaceClass;
  private final String interfaceMethod;
  private final String interfaceSignature;
  private final int implKind;
  private final String implClass;
  private final String implMethod;
  private final String implSignature;
  private final String instantiated;
  private final int count;

  /// The first characters of the descriptors of the captured values.
  private final String kinds;

  /// The lambda itself, if it has no captured values.
  private @Nullable Object instance;

  /// The factory of lambdas from captured values; null until a number of lambdas were made, because
  /// the look-up takes 10 ms in a JVM that has just started.
  private @Nullable Parts maker;

  private int made;
  private @Nullable MethodHandle deserializer;

  LinkedLambda(Decoder decoder, String capturingClass, Input in) throws DecodingException {
    this.decoder = decoder;
    this.capturingClass = capturingClass;
    interfaceClass = in.getString();
    interfaceMethod = in.getString();
    interfaceSignature = in.getString();
    implKind = in.getInt();
    implClass = in.getString();
    implMethod = in.getString();
    implSignature = in.getString();
    instantiated = in.getString();
    kinds = in.getString();
    count = kinds.length();
    if (count > MOST_CAPTURED) {
      throw new DecodingException("broken message: a lambda that captures " + count + " values");
    }
  }

  LinkedLambda(LinkedLambda same, Decoder decoder) {
    this.decoder = decoder;
    capturingClass = same.capturingClass;
    interfaceClass = same.interfaceClass;
    interfaceMethod = same.interfaceMethod;
    interfaceSignature = same.interfaceSignature;
    implKind = same.implKind;
    implClass = same.implClass;
    implMethod = same.implMethod;
    implSignature = same.implSignature;
    instantiated = same.instantiated;
    kinds = same.kinds;
    count = same.count;
  }

  Object read(Reading from) throws DecodingException {
    Object known = instance;
    if (known != null) {
      return known;
    }
    Parts parts = maker;
    return parts == null
        ? (count == 0 ? make(new Object[0]) : from.number(first(from)))
        : from.number(parts.read(from));
  }

  private Object first(Reading from) throws DecodingException {
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = PartKinds.read(kinds.charAt(i), from);
    }
    return make(values);
  }

  Object make(@Nullable Object[] captured) throws DecodingException {
    Parts parts = maker;
    if (captured.length != count) {
      throw new DecodingException("broken message: a lambda captures " + count + " values");
    }
    if (parts != null) {
      return parts.make(captured);
    }
    Object lambda = link(captured);
    if (count == 0) {
      instance = lambda;
    } else if (++made == MADE_SLOWLY) {
      Parts found = LambdaSite.captured(lambda.getClass(), count);
      maker = found != null && found.kinds().equals(kinds) ? found : null;
    }
    return lambda;
  }

  private Object link(@Nullable Object[] captured) throws DecodingException {
    Class<?> capturing = decoder.load(capturingClass);
    SerializedLambda site =
        new SerializedLambda(
            capturing,
            interfaceClass,
            interfaceMethod,
            interfaceSignature,
            implKind,
            implClass,
            implMethod,
            implSignature,
            instantiated,
            captured);
    try {
      MethodHandle handle = deserializer;
      if (handle == null) {
        Method method = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
        if (!method.trySetAccessible()) {
          return linkByJdk(site);
        }
        // a method handle: Method.invoke costs a JVM that has just started 3 ms more
        handle = MethodHandles.lookup().unreflect(method);
        deserializer = handle;
      }
      return (Object) handle.invokeExact(site);
    } catch (DecodingException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw missing(e);
    }
  }

  /// Links where reflection is closed: the JDK's serialization may still call the compiler's code.
  private Object linkByJdk(SerializedLambda site) throws DecodingException, IOException {
    Output out = new Output();
    JdkSerialization.writeStream(site, new Encoder(), out, null);
    Object lambda = decoder.readJdk(new Input(out.array(), 0, out.length()), null);
    if (lambda == null) {
      throw missing(null);
    }
    return lambda;
  }

  private DecodingException missing(@Nullable Throwable reason) {
    return new DecodingException(
        "there is no such lambda in " + capturingClass + " here (" + implMethod + "): " + reason,
        reason);
  }
}
