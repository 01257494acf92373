package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import org.jspecify.annotations.Nullable;

/// One input of [TaskExecutor#mapSettled(Iterable, SerializableFunction)] and what became of it.
///
/// @param <I> the type of the input
/// @param <O> the type of the result
/// @param input the input
/// @param outcome what became of it
public record Settled<I, O extends @Nullable Object>(I input, Outcome<O> outcome) {
  /// Checks that both are there.
  public Settled {
    notNull(input, "input");
    notNull(outcome, "outcome");
  }
}
