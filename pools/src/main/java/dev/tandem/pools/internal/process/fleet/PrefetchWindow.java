package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;

/// The number of tasks that one worker should have, the one that it runs included: enough for about
/// a millisecond, so that it does not idle while the next are on their way, and no more, so that
/// little waits behind a task that happens to be long.
final class PrefetchWindow {
  private static final double TARGET_NANOS = 1_000_000;
  private static final double WEIGHT = 0.25; // of what is new

  private final int max;
  private volatile int window = 1;
  private volatile long busySince; // writes: @GuardedBy("the dispatcher's lock")

  // Thread: the reader of the worker
  private double nanosPerTask = TARGET_NANOS;
  private volatile long last;

  /// @param prefetch the most tasks that wait in the worker
  PrefetchWindow(int prefetch) {
    this.max = Math.min(prefetch, StatusPage.SLOTS - 1) + 1;
  }

  int window() {
    return window;
  }

  /// Takes note that the worker was sent something, and had nothing.
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

  /// Adapts to tasks that the worker has answered together. Thread: the reader of the worker.
  void answered(int tasks) {
    long now = System.nanoTime();
    double took = (now - Math.max(last, busySince)) / (double) tasks;
    last = now;
    nanosPerTask += WEIGHT * (took - nanosPerTask);
    window = (int) Math.clamp(TARGET_NANOS / nanosPerTask, 1, max);
  }
}
