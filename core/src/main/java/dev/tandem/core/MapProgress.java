package dev.tandem.core;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// How far a `map` or `forEach` has come.
///
/// @param succeeded inputs that gave a result
/// @param failed inputs whose function threw or timed out
/// @param inFlight inputs pulled from the source that have no outcome yet, or whose outcome waits
///   to be consumed
/// @param total how many inputs there are, where the source knows
/// @param elapsed time since the first input was pulled
public record MapProgress(
    long succeeded, long failed, long inFlight, OptionalLong total, Duration elapsed) {
  /// {@return inputs with an outcome}
  public long done() {
    return succeeded + failed;
  }

  /// {@return a line for people, such as `40/100 done, 2 failed, 1.5 s`}
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d%s done, %d failed, %.1f s",
        done(),
        total.isPresent() ? "/" + total.getAsLong() : "",
        failed,
        elapsed.toMillis() / 1e3);
  }
}
