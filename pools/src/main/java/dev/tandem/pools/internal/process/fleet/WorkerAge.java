package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.process.fleet.FleetOptions.Recycling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// The age of a worker, and whether it should be replaced for that or for what it has become.
final class WorkerAge {
  /// A worker is looked at that often.
  static final long LOOK_NANOS = 1_000_000_000;

  private static final long MEMORY_PAGE = 4096;

  final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();
  private volatile boolean proved;
  private boolean answered; // Thread: the reader of the worker
  private volatile boolean ageing;
  private volatile boolean wornOut; // Thread: supervisor
  private volatile long lookedAt = System.nanoTime();

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /// {@return whether it has not answered anything yet, and has not lived long}
  boolean isUnproved() {
    return !proved;
  }

  /// {@return whether this is the first call}
  boolean isFirstAnswer() {
    return !answered && (answered = true);
  }

  /// Notes that it works, or has lived for a while.
  ///
  /// @return whether that is news
  boolean prove() {
    return !proved && (proved = true);
  }

  /// {@return whether its replacement should be started, or was}
  boolean isAgeing() {
    return ageing;
  }

  /// Notes that its replacement should be started.
  ///
  /// @return whether that is news
  boolean startAgeing() {
    return !ageing && (ageing = true);
  }

  /// {@return whether it must leave when its replacement is there}
  boolean isWornOut() {
    return wornOut;
  }

  /// {@return whether it is time to look at it again}
  boolean isDue(Recycling limits) {
    boolean ages = limits.age() != null || limits.memory() > 0;
    return ages && System.nanoTime() - lookedAt >= LOOK_NANOS;
  }

  /// Notes whether it has become too old or too large, once a second at most. Thread: supervisor.
  void look(Recycling limits, long pid) {
    if (wornOut || !isDue(limits)) {
      return;
    }
    lookedAt = System.nanoTime();
    Duration maxAge = limits.age();
    boolean old = maxAge != null && sinceStart().compareTo(maxAge) > 0;
    if (old || (limits.memory() > 0 && residentMemory(pid) > limits.memory())) {
      wornOut = true;
      ageing = true;
    }
  }

  /// {@return the resident memory of a process in bytes; 0 if it is not known} Only Linux tells, in
  /// `/proc/<pid>/statm`.
  private static long residentMemory(long pid) {
    try {
      String statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
      return Long.parseLong(statm.split(" ", 3)[1]) * MEMORY_PAGE;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
