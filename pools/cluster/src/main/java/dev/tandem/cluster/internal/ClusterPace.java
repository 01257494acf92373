package dev.tandem.cluster.internal;

import dev.tandem.core.internal.MapOptions;

/// The pace of a map over a cluster: how far it goes ahead of its consumer, and in parts of what
/// size.
final class ClusterPace {
  /*
   * A part should take a member some milliseconds: then what a message costs is little. The first
   * has one input; parts grow step by step, as their members tell how long they have worked. The
   * inputs of a collection make about four parts for each slot at least, so that a slow part does
   * not keep the others waiting at the end.
   */
  private static final int PARTS_PER_SLOT = 4;
  private static final double TARGET_NANOS = 5_000_000;
  private static final int MAX_SIZE = 4096;

  /// The concurrency of a map for which the user sets none: as many as there are slots, also later.
  static final int UNLIMITED = 1 << 16;

  /// Enough for parts of 512.
  private static final int PULLED_PER_SLOT = 1024;

  private static final int GROWTH = 8;

  private final Dispatcher dispatcher;
  private final boolean adaptive;
  private final int buffer; // -1: found out
  private final int concurrency;
  private volatile int size;

  ClusterPace(MapOptions options, Dispatcher dispatcher, boolean eachIsATask) {
    this.dispatcher = dispatcher;
    this.adaptive = options.hasAdaptiveChunks() && !eachIsATask;
    this.concurrency = options.concurrency();
    this.buffer = options.hasAdaptiveBuffer() ? -1 : options.buffer();
    this.size = adaptive || eachIsATask ? 1 : options.chunkSize();
  }

  private int slots() {
    return Math.max(1, dispatcher.slots());
  }

  /// {@return how many inputs the next part has}
  ///
  /// @param known how many inputs there are; -1 if their source does not know
  int size(long known) {
    if (!adaptive) {
      return size;
    }
    int slots = Math.min(slots(), concurrency);
    long most = Math.max(1, furthest() / parts());
    if (known >= 0) {
      most = Math.min(most, Math.ceilDiv(known, (long) PARTS_PER_SLOT * slots));
    }
    return Math.clamp(most, 1, size);
  }

  /// {@return how many parts may be under way} One runs in each slot, and one waits; but where
  /// fewer functions may run than there are slots, none waits.
  int parts() {
    int slots = slots();
    return concurrency < slots ? concurrency : 2 * slots;
  }

  /// {@return whether the next input may be pulled}
  ///
  /// @param ahead how many have been pulled and not taken
  boolean mayPull(long ahead) {
    return ahead < furthest();
  }

  private int furthest() {
    int atOnce = Math.min(concurrency, slots());
    if (buffer >= 0) {
      return atOnce + buffer;
    }
    int few = atOnce + MapOptions.DEFAULT_BUFFER;
    return concurrency < UNLIMITED ? few : Math.max(few, PULLED_PER_SLOT * atOnce);
  }

  /// Adapts the size of the next parts to a part that a member has answered.
  ///
  /// @param nanos how long it took for each of its inputs
  void took(double nanos) {
    if (adaptive) {
      double wanted = Math.clamp(TARGET_NANOS / Math.max(nanos, 1), 1, (double) size * GROWTH);
      size = (int) Math.min(wanted, MAX_SIZE);
    }
  }
}
