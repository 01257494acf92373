package dev.tandem.pools.internal.process.fleet;

import java.time.Duration;
import java.time.Instant;

/// How old a worker is, and whether it should be replaced for that or for what it has become.
final class WorkerAge {
  private static final long LOOK_NANOS = 1_000_000_000;

  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();
  private volatile boolean proved;
  private boolean answered; // the reader's
  private volatile boolean ageing;
  private volatile boolean wornOut; // the supervisor's
  private volatile long lookedAt = System.nanoTime();

  Instant startedAt() {
    return startedAt;
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /// {@return whether it has not answered anything yet, and has not lived long}
  boolean isUnproved() {
    return !proved;
  }

  /// {@return whether this is the first time that it is asked}
  boolean isFirstAnswer() {
    return !answered && (answered = true);
  }

  /// {@return whether that is news}
  boolean prove() {
    return !proved && (proved = true);
  }

  /// {@return whether its replacement is, or was, to be started}
  boolean isAgeing() {
    return ageing;
  }

  /// Its replacement is to be started.
  ///
  /// @return whether that is news
  boolean startAgeing() {
    return !ageing && (ageing = true);
  }

  /// {@return whether it is to leave when its replacement is there}
  boolean isWornOut() {
    return wornOut;
  }

  /// {@return whether it is time to look at it again}
  boolean isDue(FleetOptions options) {
    boolean ages = options.recycling().age() != null || options.recycling().memory() > 0;
    return ages && System.nanoTime() - lookedAt >= LOOK_NANOS;
  }

  /// Notes whether it has become too old or too large, once a second at most.
  void look(FleetOptions options, long pid) {
    if (wornOut || !isDue(options)) {
      return;
    }
    lookedAt = System.nanoTime();
    Duration maxAge = options.recycling().age();
    boolean old = maxAge != null && sinceStart().compareTo(maxAge) > 0;
    long most = options.recycling().memory();
    if (old || (most > 0 && ResidentMemory.of(pid) > most)) {
      wornOut = true;
      ageing = true;
    }
  }
}
