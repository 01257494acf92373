package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// The site of a lambda and its captured values, read by reflection where modules allow it.
final class LambdaSite {
  private LambdaSite() {}

  /// {@return whether this is the class of a lambda or a method reference}
  static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
  }

  /// {@return the serialized form of the lambda, which the compiler's code makes}
  static @Nullable SerializedLambda serialized(Object lambda) {
    try {
      Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
      if (replace.trySetAccessible()) {
        return replace.invoke(lambda) instanceof SerializedLambda site ? site : null;
      }
    } catch (ReflectiveOperationException e) {
      return null;
    }
    return Witness.ask(lambda);
  }

  /// {@return the access to the captured values of this class; null if reflection is closed}
  static @Nullable Parts captured(Class<?> type, int count) {
    try {
      AccessibleObject[] fields = new AccessibleObject[count];
      for (int i = 0; i < count; i++) {
        fields[i] = type.getDeclaredField("arg$" + (i + 1));
      }
      Constructor<?>[] constructors = type.getDeclaredConstructors();
      return constructors.length == 1 ? Parts.of(fields, constructors[0]) : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /// Gets the serialized form through the JDK's serialization, which may access the lambda where
  /// Tandem may not.
  private static final class Witness extends ObjectOutputStream {
    private @Nullable SerializedLambda seen;

    private Witness() throws IOException {
      super(OutputStream.nullOutputStream());
      enableReplaceObject(true);
    }

    static @Nullable SerializedLambda ask(Object lambda) {
      try (Witness witness = new Witness()) {
        witness.writeObject(lambda);
        return witness.seen;
      } catch (IOException e) {
        return null;
      }
    }

    @Override
    protected Object replaceObject(Object object) {
      if (object instanceof SerializedLambda site) {
        seen = site;
        return (Serializable) ""; // so that no captured value is written
      }
      return object;
    }
  }
}
