package dev.tandem.core;

import dev.tandem.core.internal.ProgressSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How far a `map` or `forEach` has come. Its text is for people, such as `40/100 done, 2 failed,
/// 1.5 s, 2.3 s left`.
///
/// Immutable; equal if all values are. Only Tandem makes it, so that later versions may tell more.
public sealed interface MapProgress permits ProgressSnapshot {
  /// {@return the number of inputs that gave a result}
  long succeeded();

  /// {@return the number of inputs whose function threw or timed out}
  long failed();

  /// {@return the number of inputs pulled from the source that have no outcome yet, or whose
  /// outcome waits to be consumed}
  long inFlight();

  /// {@return the number of inputs there are, where the source knows, as a collection and a stream
  /// of known size do}
  OptionalLong total();

  /// {@return the time since the first input was pulled}
  Duration elapsed();

  /// {@return the number of inputs with an outcome}
  long done();

  /// {@return how many inputs a second had an outcome until now; 0 before the first}
  double rate();

  /// {@return the time that the other inputs take if they take as long as those until now; empty
  /// where the total is not known, and before the first outcome}
  Optional<Duration> remaining();
}
