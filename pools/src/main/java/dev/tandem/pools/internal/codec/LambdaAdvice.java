package dev.tandem.pools.internal.codec;

import java.util.Map;

/// Advice on how to write a lambda so that it can be sent.
final class LambdaAdvice {
  /// Interfaces of the JDK and of Tandem, and the serializable ones that extend them.
  private static final Map<String, String> SERIALIZABLE =
      Map.of(
          "java.util.concurrent.Callable", "SerializableCallable",
          "java.lang.Runnable", "SerializableRunnable",
          "dev.tandem.core.ThrowingRunnable", "SerializableRunnable",
          "dev.tandem.core.ThrowingFunction", "SerializableFunction");

  private LambdaAdvice() {}

  /// {@return the message for a lambda of this class}
  static String of(Class<?> type) {
    Class<?>[] interfaces = type.getInterfaces();
    String what =
        "a lambda in " + Diagnosis.writtenIn(type) + " is not serializable, because it was";
    if (interfaces.length == 0) {
      return what + " written as a plain interface";
    }
    String name = interfaces[0].getName();
    return what + " written as a " + name + ". " + advice(interfaces[0], name);
  }

  private static String advice(Class<?> written, String name) {
    String serializable = SERIALIZABLE.get(name);
    if (serializable != null) {
      return "Declare the variable or the list that holds it with "
          + serializable
          + " (of dev.tandem.core) instead of "
          + written.getSimpleName()
          + ", or write the lambda in the call itself, on a variable of the type TaskExecutor or"
          + " ProcessPool: the methods of an ExecutorService or Executor take plain lambdas";
    }
    String simple = written.getSimpleName();
    String cast =
        "("
            + simple
            + (written.getTypeParameters().length == 0 ? "" : "<...>")
            + " & Serializable)";
    return written.getClassLoader() == null
        ? "Write it with a cast, " + cast + " (java.io.Serializable)"
        : "Let " + name + " extend java.io.Serializable, or write it with a cast, " + cast;
  }
}
