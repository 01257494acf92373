package dev.tandem.structured;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks into exceptions of users: their methods may throw, their causes may form a circle or a
/// chain as long as the scopes were nested deep, each level with its own copy of the text.
final class Causes {
  /// Deeper than any tree of scopes that a machine has the memory for is likely to be; a chain can
  /// be circular, or made up as one asks.
  private static final int MAX_CHAIN = 100_000;

  private static final int MAX_TEXT = 2_000;

  private Causes() {}

  /// An exception with its cause, the cause of that, and so on.
  static Set<Throwable> chain(@Nullable Throwable e) {
    Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = e; t != null && chain.size() < MAX_CHAIN && chain.add(t); ) {
      t = of(t);
    }
    return chain;
  }

  /// The cause of an exception; null if it cannot be had.
  static @Nullable Throwable of(Throwable e) {
    try {
      return e.getCause();
    } catch (Throwable _) {
      return null;
    }
  }

  /// An exception, or a thread, as text, shortened if it is very long.
  static String text(Object o) {
    String text;
    try {
      text = String.valueOf(o.toString());
    } catch (Throwable _) {
      text = o.getClass().getName();
    }
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }

  /// Throws an exception as it is, also a checked one.
  ///
  /// @return never
  static RuntimeException sneak(Throwable failure) {
    Causes.<RuntimeException>throwAs(failure);
    throw new AssertionError(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing is cast at run time
  private static <X extends Throwable> void throwAs(Throwable failure) throws X {
    throw (X) failure;
  }
}
