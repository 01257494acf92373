package dev.tandem.pools.internal.codec;

import java.io.NotSerializableException;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Says why a value cannot be sent: which object is to blame, and how to get to it.
final class Diagnosis {
  private Diagnosis() {}

  /// {@return what to throw}
  ///
  /// @param value what was to be sent
  /// @param e what the JDK's serialization threw; it names a class only
  static NotSerializableException explain(@Nullable Object value, NotSerializableException e) {
    Culprit culprit = new CulpritSearch().find(value);
    String message =
        culprit == null
            ? e.getMessage() + " is not serializable, somewhere in " + name(value)
            : path(culprit.path()) + blame(culprit.object());
    NotSerializableException explained = new NotSerializableException(message);
    explained.initCause(e);
    return explained;
  }

  /// {@return the message for what is no lack of serializability}
  static String describe(@Nullable Object value, Throwable e) {
    return e instanceof StackOverflowError
        ? name(value)
            + " cannot be sent: its objects are nested too deeply for the JDK's serialization"
        : name(value) + " cannot be sent: its serialization threw " + e;
  }

  /// An object that cannot be sent.
  ///
  /// @param path the steps to it, the outermost first
  record Culprit(List<String> path, Object object) {}

  private static String path(List<String> steps) {
    StringJoiner path = new StringJoiner(" -> ", "", " -> ").setEmptyValue("");
    for (String step : steps) {
      path.add(step);
    }
    return path.toString();
  }

  private static String blame(Object object) {
    Class<?> type = object.getClass();
    if (LambdaSite.isLambda(type)) {
      Class<?>[] interfaces = type.getInterfaces();
      return "a lambda in "
          + writtenIn(type)
          + " is not serializable, because it was written as a "
          + (interfaces.length == 0 ? "plain interface" : interfaces[0].getName())
          + ". Declare the variable of the executor as TaskExecutor or ProcessPool, not as"
          + " ExecutorService or Executor: their methods take serializable lambdas";
    }
    if (object instanceof Record && RecordShape.of(type).parts == null) {
      return type.getName()
          + " is not serializable, and its components cannot be read: let it implement Serializable,"
          + " or open "
          + type.getPackageName()
          + " to dev.tandem";
    }
    return type.getName() + " is not serializable";
  }

  /// {@return the class in which a lambda was written}
  static String writtenIn(Class<?> lambda) {
    String name = lambda.getName();
    return name.substring(0, name.indexOf("$$Lambda"));
  }

  private static String name(@Nullable Object value) {
    return value == null
        ? "null"
        : LambdaSite.isLambda(value.getClass())
            ? "a lambda in " + writtenIn(value.getClass())
            : value.getClass().getTypeName();
  }
}
