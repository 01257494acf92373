package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import org.jspecify.annotations.Nullable;

/// One input of [TaskExecutor#mapSettled(Iterable, SerializableFunction)] with its outcome.
///
/// @param <I> the type of the input
/// @param <O> the type of the result
/// @param input the input
/// @param outcome the outcome
public record Settled<I, O extends @Nullable Object>(I input, Outcome<O> outcome) {
  /// Creates the pair.
  ///
  /// @throws NullPointerException if a component is null
  public Settled {
    notNull(input, "input");
    notNull(outcome, "outcome");
  }
}
