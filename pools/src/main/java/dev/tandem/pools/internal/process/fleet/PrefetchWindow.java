package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;

/// How many tasks one worker should have, the one that it runs included: enough for about a
/// millisecond, so that it does not idle while the next are on their way, and no more, so that
/// little waits behind a task that happens to be long.
final class PrefetchWindow {
  private static final double TARGET_NANOS = 1_000_000;
  private static final double WEIGHT = 0.25; // of what is new

  private final int max;
  private volatile int window = 1;
  private volatile long busySince;
  private double nanosPerTask = TARGET_NANOS; // the reader's
  private volatile long last;

  /// @param prefetch how many may wait in the worker at most
  PrefetchWindow(int prefetch) {
    this.max = Math.min(prefetch, StatusPage.SLOTS - 1) + 1;
  }

  int window() {
    return window;
  }

  /// The worker gets something, and had nothing.
  void busy() {
    busySince = System.nanoTime();
  }

  long busySince() {
    return busySince;
  }

  /// {@return when the worker has answered last, or got something after it had nothing}
  long lastProgress() {
    return Math.max(last, busySince);
  }

  /// The worker has answered so many tasks, which arrived together.
  void answered(int tasks) {
    long now = System.nanoTime();
    double took = (now - Math.max(last, busySince)) / (double) tasks;
    last = now;
    nanosPerTask += WEIGHT * (took - nanosPerTask);
    window = (int) Math.clamp(TARGET_NANOS / nanosPerTask, 1, max);
  }
}
