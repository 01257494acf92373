package dev.tandem.core.internal;

import dev.tandem.core.MapProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
  public double rate() {
    return done() == 0 ? 0 : done() / Math.max(seconds(elapsed), 1e-9);
  }

  @Override
  public Optional<Duration> remaining() {
    if (total.isEmpty() || done() == 0) {
      return Optional.empty();
    }
    double left = Math.max(0, total.getAsLong() - done()) / rate();
    return Optional.of(Duration.ofNanos((long) (left * 1e9)));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%s done, %s failed, %.1f s%s",
        done(),
        total.isPresent() ? "/" + total.getAsLong() : "",
        failed,
        seconds(elapsed),
        remaining()
            .map(left -> String.format(Locale.ROOT, ", %.1f s left", seconds(left)))
            .orElse(""));
  }
}
