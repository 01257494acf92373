package dev.tandem.core;

import dev.tandem.core.internal.MapOptions;
import java.time.Duration;
import java.util.function.Consumer;

/// The configuration of one `map`, `mapSettled` or `forEach`. Immutable; each method returns a
/// changed copy, for use in a lambda: `cf -> cf.withConcurrency(10).unordered()`.
public sealed interface MapConfig permits MapOptions {
  /// {@return a copy in which at most so many inputs are worked on at the same time} Unless set,
  /// that is the size of the executor, or 256 if it is unlimited.
  ///
  /// @param concurrency the most; from 1 to 2<sup>24</sup>
  /// @throws IllegalArgumentException if `concurrency` is out of range
  MapConfig withConcurrency(int concurrency);

  /// {@return a copy with room for so many inputs or results beyond the concurrency} Inputs are
  /// never pulled more than concurrency plus buffer ahead of what the consumer has taken. 256
  /// unless set; in worker processes, unless set, as many as keep the workers busy, which may be
  /// more. With 0, cheap functions run slower than with
  /// [java.util.stream.Gatherers#mapConcurrent(int, java.util.function.Function)], because each
  /// result then needs a hand-over between threads.
  ///
  /// @param buffer the room; from 0 to 2<sup>24</sup>
  /// @throws IllegalArgumentException if `buffer` is out of range
  MapConfig withBuffer(int buffer);

  /// {@return a copy in which a worker takes up to so many inputs at a time} Worth it for processes
  /// and for functions of well below a microsecond; a slow input then holds up those behind it in
  /// its chunk. Unless set, the executor chooses; on threads it takes one. Where inputs have a
  /// timeout or the executor has a listener, a chunk is one input.
  ///
  /// @param chunkSize the number of inputs per chunk; from 1 to 2<sup>24</sup>
  /// @throws IllegalArgumentException if `chunkSize` is out of range
  MapConfig withChunkSize(int chunkSize);

  /// {@return a copy that gives results in the order in which they are ready}
  MapConfig unordered();

  /// {@return a copy with a timeout for each input, counted from when its function starts} A
  /// function that runs longer is interrupted and its input fails with a [TaskTimeoutException].
  ///
  /// @param perItem the timeout; positive
  /// @throws NullPointerException if `perItem` is null
  /// @throws IllegalArgumentException if `perItem` is zero or negative
  MapConfig withTimeout(Duration perItem);

  /// {@return a copy that reports progress} The action is called on the consumer's thread, each
  /// time a result is about to be handed out.
  ///
  /// @param action is given the progress; what it throws ends the map
  /// @throws NullPointerException if `action` is null
  MapConfig withProgress(Consumer<? super MapProgress> action);
}
