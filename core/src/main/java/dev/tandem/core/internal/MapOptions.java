package dev.tandem.core.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.MapConfig;
import dev.tandem.core.MapProgress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The values of a [MapConfig].
public record MapOptions(
    int concurrency,
    int buffer,
    int chunkSize,
    boolean ordered,
    @Nullable Duration timeout,
    @Nullable Consumer<? super MapProgress> progress)
    implements MapConfig {
  public static final int DEFAULT_BUFFER = 256;
  public static final int UNLIMITED_CONCURRENCY = 256;
  private static final int MAX = 1 << 24;
  private static final int ADAPTIVE = -1;

  /// {@return the options for which the user has set nothing}
  public static MapOptions defaults(int concurrency) {
    return new MapOptions(concurrency, DEFAULT_BUFFER, 1, true, null, null);
  }

  /// {@return these options, with a buffer and a chunk size that adapt while the map runs}
  public MapOptions adaptive() {
    return new MapOptions(concurrency, ADAPTIVE, ADAPTIVE, ordered, timeout, progress);
  }

  public boolean hasAdaptiveBuffer() {
    return buffer == ADAPTIVE;
  }

  public boolean hasAdaptiveChunks() {
    return chunkSize == ADAPTIVE;
  }

  public static MapOptions of(MapOptions defaults, UnaryOperator<MapConfig> cf) {
    return switch (Options.configured(defaults, cf)) {
      case MapOptions options -> options;
    };
  }

  public MapOptions inAnyOrder() {
    return new MapOptions(concurrency, buffer, chunkSize, false, timeout, progress);
  }

  @Override
  public MapConfig withConcurrency(int concurrency) {
    check("concurrency", concurrency, 1);
    return new MapOptions(concurrency, buffer, chunkSize, ordered, timeout, progress);
  }

  @Override
  public MapConfig withBuffer(int buffer) {
    check("buffer", buffer, 0);
    return new MapOptions(concurrency, buffer, chunkSize, ordered, timeout, progress);
  }

  @Override
  public MapConfig withChunkSize(int chunkSize) {
    check("chunkSize", chunkSize, 1);
    return new MapOptions(concurrency, buffer, chunkSize, ordered, timeout, progress);
  }

  @Override
  public MapConfig unordered() {
    return inAnyOrder();
  }

  @Override
  public MapConfig withTimeout(Duration perItem) {
    TaskLimits.positive("timeout", perItem);
    return new MapOptions(concurrency, buffer, chunkSize, ordered, perItem, progress);
  }

  @Override
  public MapConfig withProgress(Consumer<? super MapProgress> action) {
    return new MapOptions(
        concurrency, buffer, chunkSize, ordered, timeout, notNull(action, "progress"));
  }

  private static void check(String argument, int value, int least) {
    checkArgument(
        value >= least && value <= MAX,
        "%s: %s (expected: from %s to %s)",
        argument,
        value,
        least,
        MAX);
  }
}
