package dev.tandem.pools.internal.process;

import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.process.fleet.FleetOptions;

/// The pace of a map in worker processes: how far it goes ahead of its consumer, and in parts of
/// what size.
final class MapPace {
  /*
   * A part should take a worker about a millisecond: then what it costs to send it is little, and
   * what waits behind a long input is, too. The first has one input. The time of an input is the time
   * between the answers of the same worker; as long as parts are small it is mostly the way there
   * and back, so parts grow step by step.
   */
  private static final double TARGET_NANOS = 1_000_000;
  private static final int MAX_SIZE = 1024;
  private static final int GROWTH = 4;
  private static final int PARTS_PER_WORKER = 4;

  /// Where the user says how large a part is, it may be too small for four to keep a worker busy
  /// while the next are on their way.
  private static final int FIXED_PARTS_PER_WORKER = 16;

  private final boolean adaptive;
  private final int limit; // 0: found out
  private final int concurrency;
  private final int workers;
  private final boolean narrow;
  private final int most;
  private volatile int size = 1;

  MapPace(MapOptions options, FleetOptions settings, boolean eachIsATask) {
    this.adaptive = options.hasAdaptiveChunks() && !eachIsATask;
    this.concurrency = options.concurrency();
    this.workers = Math.min(concurrency, settings.size().workers());
    this.narrow = concurrency < settings.size().workers();
    this.limit = options.hasAdaptiveBuffer() ? 0 : Math.addExact(concurrency, options.buffer());
    int fair = limit == 0 ? MAX_SIZE : Math.max(1, limit / (2 * workers));
    this.most = Math.min(settings.recycling().tasks(), fair);
    if (!adaptive && !eachIsATask) {
      size = Math.min(options.chunkSize(), settings.recycling().tasks());
    }
  }

  /// {@return how many inputs the next part has}
  ///
  /// @param known how many inputs there are; -1 if their source does not know
  int size(long known) {
    int now = size;
    if (adaptive && known >= 0) {
      // the last parts of a small collection should keep all workers busy
      now = (int) Math.min(now, Math.max(1, known / (2L * PARTS_PER_WORKER * workers)));
    }
    return now;
  }

  /// {@return whether the next input may be pulled}
  ///
  /// @param ahead how many have been pulled and not taken
  /// @param parts how many parts are under way
  boolean mayPull(long ahead, int parts) {
    if (!maySend(parts)) {
      return false;
    }
    long ofParts = (long) (adaptive ? PARTS_PER_WORKER : FIXED_PARTS_PER_WORKER) * workers * size;
    long furthest = limit != 0 ? limit : Math.max(concurrency + MapOptions.DEFAULT_BUFFER, ofParts);
    return ahead < furthest;
  }

  /// {@return whether one more part may be under way} Each is in a worker of its own, if fewer
  /// functions may run than there are workers.
  boolean maySend(int parts) {
    return !narrow || parts < concurrency;
  }

  /// Adapts the size of the next parts to a part that a worker has answered.
  ///
  /// @param nanos how long it took for each of its inputs
  void took(double nanos) {
    if (adaptive) {
      double wanted = Math.clamp(TARGET_NANOS / Math.max(nanos, 1), 1, (double) size * GROWTH);
      size = (int) Math.min(wanted, most);
    }
  }
}
