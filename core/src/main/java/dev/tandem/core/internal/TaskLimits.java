package dev.tandem.core.internal;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/// Checks of the durations in the configurations of tasks and executors. Every configuration uses
/// them, so that the same mistake gives the same message.
public final class TaskLimits {
  private TaskLimits() {}

  /// {@return `d`, checked to be positive}
  ///
  /// @param argument the name of the argument, for the message
  /// @param d its value
  /// @throws IllegalArgumentException if `d` is zero or negative
  public static Duration positive(String argument, Duration d) {
    Checks.notNull(d, argument);
    checkArgument(d.isPositive(), "%s: %s (expected: a positive duration)", argument, d);
    return d;
  }

  /// {@return `d`, checked not to be negative}
  ///
  /// @param argument the name of the argument, for the message
  /// @param d its value
  /// @throws IllegalArgumentException if `d` is negative
  public static Duration notNegative(String argument, Duration d) {
    Checks.notNull(d, argument);
    checkArgument(!d.isNegative(), "%s: %s (expected: zero or more)", argument, d);
    return d;
  }
}
