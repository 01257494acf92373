package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// Checks of arguments. Their messages name the argument, its value and what was expected.
final class Checks {
  private Checks() {}

  static <T> T notNull(@Nullable T value, String argument) {
    if (value == null) {
      throw new NullPointerException(argument + ": null (expected: not null)");
    }
    return value;
  }

  static int positive(int value, String argument) {
    if (value <= 0) {
      throw new IllegalArgumentException(argument + ": " + value + " (expected: > 0)");
    }
    return value;
  }

  static int notNegative(int value, String argument) {
    if (value < 0) {
      throw new IllegalArgumentException(argument + ": " + value + " (expected: >= 0)");
    }
    return value;
  }
}
