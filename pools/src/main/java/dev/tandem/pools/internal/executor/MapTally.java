package dev.tandem.pools.internal.executor;

import dev.tandem.core.MapProgress;
import dev.tandem.core.internal.FlightRecorder;
import dev.tandem.core.internal.ProgressSnapshot;
import dev.tandem.core.internal.StreamInputs;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The counts of a map's consumer. Thread: consumer.
final class MapTally {
  private static final long SECOND = 1_000_000_000;

  private final TaskHost host;
  private final TaskCounters counters;
  private final boolean countsForExecutor;

  /// Written before the first input is pulled, so that threads that send inputs may read it.
  private long total = -1;

  private long startNanos;
  private long pulled;
  private long succeeded;
  private long failed;
  private long succeededTold;
  private long failedTold;

  /// What Flight Recorder is told of the map; null if it is told of no maps.
  private @Nullable Object recorded;

  private long toldAt; // of the last progress that Flight Recorder was told

  /// @param countsForExecutor false if each input is a task that counts itself
  MapTally(TaskHost host, boolean countsForExecutor) {
    this.host = host;
    this.counters = host.counters;
    this.countsForExecutor = countsForExecutor;
  }

  void start(Iterable<?> inputs) {
    total = StreamInputs.countOf(inputs);
    startNanos = System.nanoTime();
    toldAt = startNanos;
    try {
      recorded = FlightRecorder.isInUse() ? JfrMapEvents.started() : null;
    } catch (Throwable _) { // no memory: the map begins all the same
      recorded = null;
    }
  }

  void pull() {
    pulled++;
  }

  long pulled() {
    return pulled;
  }

  /// {@return how many inputs there are; -1 if the source does not know}
  long total() {
    return total;
  }

  /// {@return how many inputs were pulled whose results were not taken}
  long ahead() {
    return pulled - succeeded - failed;
  }

  void take(boolean failure) {
    if (failure) {
      failed++;
    } else {
      succeeded++;
    }
    if (recorded != null) {
      tellProgress();
    }
  }

  /// Tells Flight Recorder how far it is, once a second at most.
  private void tellProgress() {
    long now = System.nanoTime();
    if (now - toldAt >= SECOND) {
      toldAt = now;
      record(() -> JfrMapEvents.progress(host.name, progress()));
    }
  }

  private static void record(Runnable event) {
    try {
      event.run();
    } catch (Throwable _) { // no memory: the map goes on, or ends, all the same
      // the recording lacks it
    }
  }

  /// Tells the executor's counters what is new. Called when the consumer waits or ends, because one
  /// step of a shared counter per cheap input would show. What has not been taken is not counted: a
  /// stream may be dropped half-way, and then nothing is queued.
  void flush() {
    tell(0);
  }

  /// Tells the executor's counters, and Flight Recorder, of a map that has given all its results.
  void end() {
    flush();
    tellEnd(true);
  }

  private void tellEnd(boolean complete) {
    if (recorded != null) {
      Object event = recorded;
      recorded = null;
      record(() -> JfrMapEvents.ended(event, host.name, progress(), complete));
    }
  }

  /// Tells the executor's counters, and Flight Recorder, of a map that ends early.
  ///
  /// @param failures how many failures ended it
  void stop(long failures) {
    failed += failures;
    tell(Math.max(0, ahead()));
    tellEnd(false);
  }

  private void tell(long cancelled) {
    if (countsForExecutor) {
      long newSucceeded = succeeded - succeededTold;
      long newFailed = failed - failedTold;
      counters.add(newSucceeded + newFailed + cancelled, newSucceeded, newFailed, cancelled);
      succeededTold = succeeded;
      failedTold = failed;
    }
  }

  MapProgress progress() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    OptionalLong known = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
    return new ProgressSnapshot(succeeded, failed, ahead(), known, elapsed);
  }
}
