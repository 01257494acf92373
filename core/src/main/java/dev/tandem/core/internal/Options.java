package dev.tandem.core.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Checks that all configurations share, so that the same mistake gives the same message
/// everywhere.
public final class Options {
  private Options() {}

  /// {@return the configuration that a user's lambda makes of the defaults}
  ///
  /// @throws IllegalArgumentException if it returns null
  public static <C> C configured(C defaults, UnaryOperator<C> cf) {
    C configured = notNull(cf, "cf").apply(defaults);
    checkArgument(
        configured != null,
        "cf: returned null (expected: the configuration it was given, changed by its"
            + " with-methods)");
    return configured;
  }

  /// A name, checked not to be blank.
  public static String name(String n) {
    notNull(n, "name");
    checkArgument(!n.isBlank(), "name: \"%s\" (expected: a name that is not blank)", n);
    return n;
  }

  /// A list with more elements, checked not to be null.
  public static <E> List<E> added(List<E> before, String argument, List<? extends E> more) {
    more.forEach(e -> notNull(e, argument));
    return ImmutableList.<E>builder().addAll(before).addAll(more).build();
  }
}
