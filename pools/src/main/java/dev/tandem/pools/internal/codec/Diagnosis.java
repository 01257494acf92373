package dev.tandem.pools.internal.codec;

import dev.tandem.core.internal.Thrown;
import java.io.NotSerializableException;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The explanation why a value cannot be sent: the object that is to blame, and the path to it.
final class Diagnosis {
  private Diagnosis() {}

  /// {@return the exception with the explanation}
  ///
  /// @param value the value that was to be sent
  /// @param e the exception of the JDK's serialization, which names a class only
  /// @param ofBody the encoder, if the value is a body; else null
  static NotSerializableException explain(
      @Nullable Object value, NotSerializableException e, @Nullable Encoder ofBody) {
    Culprit culprit = search(value, ofBody);
    NotSerializableException explained =
        new NotSerializableException(culprit == null ? unfound(value, e) : found(culprit, ofBody));
    explained.initCause(e);
    return explained;
  }

  /// {@return the exception for a body that captures an object that is made to be shared}
  ///
  /// @param object that object, or a part of it
  static NotSerializableException refuse(@Nullable Object body, Object object, Encoder encoder) {
    Culprit culprit = search(body, encoder);
    return new NotSerializableException(
        culprit == null
            ? "somewhere in " + name(body) + " -> " + blame(object, encoder)
            : found(culprit, encoder));
  }

  static @Nullable Culprit search(@Nullable Object value, @Nullable Encoder ofBody) {
    try {
      return new CulpritSearch(ofBody).find(value);
    } catch (Throwable e) { // a collection of the application that throws
      return null;
    }
  }

  private static String unfound(@Nullable Object value, NotSerializableException e) {
    String type = Thrown.message(e);
    return type.equals(name(value))
        ? type + " is not serializable"
        : type + " is not serializable, somewhere in " + name(value);
  }

  /// {@return the message where no object lacks serializability}
  static String describe(@Nullable Object value, Throwable e) {
    String name = name(value);
    return switch (e) {
      case StackOverflowError _ ->
          name
              + " cannot be sent: its objects are nested too deeply for the JDK's serialization (more"
              + " than "
              + Writing.MAX_DEPTH
              + " levels). Send a flatter structure, such as a list of its parts";
      case OutOfMemoryError _ ->
          name + " cannot be sent: there is no memory for its encoded form (" + e + ")";
      case ConcurrentModificationException _ ->
          name
              + " cannot be sent: a collection in it was changed while it was encoded ("
              + e
              + "). Send a copy, such as List.copyOf makes it, or change it afterwards";
      default -> name + " cannot be sent: its serialization threw " + Thrown.describe(e);
    };
  }

  /// An object that cannot be sent.
  ///
  /// @param path the steps to it, the outermost first
  record Culprit(List<String> path, Object object) {}

  private static String found(Culprit culprit, @Nullable Encoder ofBody) {
    List<String> steps = culprit.path();
    return (steps.isEmpty() ? "" : String.join(" -> ", steps) + " -> ")
        + blame(culprit.object(), ofBody);
  }

  private static String blame(Object object, @Nullable Encoder ofBody) {
    Class<?> type = object.getClass();
    SharedKind shared = ofBody == null ? null : SharedKind.of(object);
    if (shared != null) {
      return shared.refusal(object);
    }
    if (LambdaSite.isLambda(type)) {
      return LambdaAdvice.of(type);
    }
    if (object instanceof Collection || object instanceof Map || object instanceof Map.Entry) {
      return type.getName() + " is not serializable: " + copyOf(object);
    }
    if (object instanceof Record && RecordShape.of(type).parts == null) {
      return type.getName()
          + " is not serializable, and its components cannot be read: let it implement Serializable,"
          + " or open "
          + type.getPackageName()
          + " to dev.tandem";
    }
    return type.getName() + " is not serializable" + insteadOfKotlins(type.getName());
  }

  /// {@return what to write instead of a type of Kotlin's that its users meet without naming it}
  private static String insteadOfKotlins(String type) {
    return switch (type) {
      case "kotlin.Unit" ->
          ": a lambda without a result is a SerializableRunnable in Kotlin, or the action of a"
              + " forEach, not a SerializableCallable or the function of a map";
      case "kotlin.UByte", "kotlin.UShort", "kotlin.UInt", "kotlin.ULong" ->
          ": send the signed number, toByte() to toLong()";
      case "kotlin.ranges.IntRange", "kotlin.ranges.LongRange", "kotlin.ranges.CharRange" ->
          ": send its ends, or toList()";
      default -> "";
    };
  }

  private static String copyOf(Object object) {
    return switch (object) {
      case List<?> _ -> "send a copy, List.copyOf(...), or new ArrayList<>(...)";
      case Set<?> _ -> "send a copy, Set.copyOf(...), or new LinkedHashSet<>(...)";
      case Map<?, ?> _ -> "send a copy, Map.copyOf(...), or new LinkedHashMap<>(...)";
      case Map.Entry<?, ?> _ -> "send a copy, Map.entry(...)";
      default -> "send a copy, List.copyOf(...), or new ArrayList<>(...)";
    };
  }

  /// {@return the class in which a lambda was written}
  static String writtenIn(Class<?> lambda) {
    String name = lambda.getName();
    return name.substring(0, name.indexOf("$$Lambda"));
  }

  static String name(@Nullable Object value) {
    return value == null
        ? "null"
        : LambdaSite.isLambda(value.getClass())
            ? "a lambda in " + writtenIn(value.getClass())
            : value.getClass().getTypeName();
  }
}
