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

/// Where a lambda was written, and what it has captured, found out by reflection where that is
/// open.
final class LambdaSite {
  private LambdaSite() {}

  /// {@return whether this is the class of a lambda or a method reference}
  static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
  }

  /// {@return what the compiler has left to make the lambda again}
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

  /// {@return what lambdas of this class have captured, or null if reflection is closed}
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

  /// Has the JDK's serialization, which may look where we may not, replace the lambda, and sees
  /// what it writes instead.
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
        return (Serializable) ""; // nothing of what it has captured is written
      }
      return object;
    }
  }
}
