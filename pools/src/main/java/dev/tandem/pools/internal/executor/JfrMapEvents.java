package dev.tandem.pools.internal.executor;

import dev.tandem.core.MapProgress;
import dev.tandem.core.internal.TandemEvent;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// Maps for Flight Recorder. Loaded only where `jdk.jfr` is there.
final class JfrMapEvents {
  /// Flight Recorder shows such a span of time as "N/A".
  private static final long UNKNOWN = Long.MIN_VALUE;

  private JfrMapEvents() {}

  /// What both events have.
  @Category({"Tandem", "Maps"})
  abstract static class MapEvent extends TandemEvent {
    @Label("Executor")
    @Nullable String executor;

    @Label("Succeeded")
    @Description("How many results were taken that are no failures")
    long succeeded;

    @Label("Failed")
    @Description("How many inputs have failed")
    long failed;

    @Label("Total")
    @Description("How many inputs there are; -1 if that is not known")
    long total;

    @Label("Rate")
    @Description("How many results were taken in a second")
    double rate;

    final void tell(String of, MapProgress progress) {
      executor = of;
      succeeded = progress.succeeded();
      failed = progress.failed();
      total = progress.total().orElse(-1);
      rate = progress.rate();
      tell();
    }
  }

  @Name("dev.tandem.Map")
  @Label("Map")
  @Description("A map of a Tandem executor, from its first pull to its last result")
  static final class Whole extends MapEvent {
    static final Whole PROBE = new Whole();

    @Label("Complete")
    @Description("Whether all results were taken; else it has failed, or was closed before")
    boolean complete;
  }

  @Name("dev.tandem.MapProgress")
  @Label("Map Progress")
  @Description("How far a map of a Tandem executor is; once a second, while results are taken")
  static final class Step extends MapEvent {
    static final Step PROBE = new Step();

    @Label("Remaining")
    @Description("The time that the rest takes at this rate")
    @Timespan
    long remaining = UNKNOWN;
  }

  /// {@return an event that has begun; null if none is recorded}
  static @Nullable Object started() {
    if (!Whole.PROBE.isEnabled() && !Step.PROBE.isEnabled()) {
      return null;
    }
    Whole event = new Whole();
    event.begin();
    return event;
  }

  /// Ends the event of a map.
  ///
  /// @param started what [#started()] gave
  static void ended(Object started, String executor, MapProgress progress, boolean complete) {
    Whole event = (Whole) started;
    event.end();
    if (event.shouldCommit()) {
      event.complete = complete;
      event.tell(executor, progress);
    }
  }

  static void progress(String executor, MapProgress progress) {
    if (Step.PROBE.isEnabled()) {
      Step event = new Step();
      event.remaining = progress.remaining().map(Duration::toNanos).orElse(UNKNOWN);
      event.tell(executor, progress);
    }
  }
}
