package dev.tandem.core.internal;

import org.jspecify.annotations.Nullable;

/// Checks of arguments. Their messages name the argument, its value and what was expected.
public final class Checks {
  private Checks() {}

  /// {@return the value}
  ///
  /// @throws NullPointerException if it is null
  public static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + ": null (expected: not null)");
    }
    return value;
  }
}
