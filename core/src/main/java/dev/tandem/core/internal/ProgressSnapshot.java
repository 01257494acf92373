package dev.tandem.core.internal;

import dev.tandem.core.MapProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// The values of a [MapProgress].
public record ProgressSnapshot(
    long succeeded, long failed, long inFlight, OptionalLong total, Duration elapsed)
    implements MapProgress {
  @Override
  public long done() {
    return succeeded + failed;
  }

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
