package dev.tandem.core;

import dev.tandem.core.internal.MapOptions;
import java.time.Duration;
import java.util.function.Consumer;

/// How a `map`, `mapSettled` or `forEach` runs. Immutable; each method returns a changed copy, for
/// use in a lambda: `cf -> cf.withConcurrency(10).unordered()`.
public sealed interface MapConfig permits MapOptions {
  /// {@return a copy in which at most `n` inputs are worked on at the same time} Unless set, that
  /// is the size of the executor, or 256 if it is unlimited.
  ///
  /// @param n the most; from 1 to 2<sup>24</sup>
  MapConfig withConcurrency(int n);

  /// {@return a copy with room for `n` inputs or results beyond the concurrency} Inputs are never
  /// pulled more than concurrency plus buffer ahead of what the consumer has taken. 256 unless set;
  /// in worker processes, unless set, as many as keep the workers busy, which may be more. With 0,
  /// cheap functions run slower than with [java.util.stream.Gatherers#mapConcurrent(int,
  /// java.util.function.Function)], because each result then needs a hand-over between threads.
  ///
  /// @param n the room; from 0 to 2<sup>24</sup>
  MapConfig withBuffer(int n);

  /// {@return a copy in which a worker takes up to `n` inputs at a time} Worth it for processes and
  /// for functions of well below a microsecond; a slow input then holds up those behind it in its
  /// chunk. Unless set, the executor chooses; on threads it takes one. Where inputs have a timeout
  /// or the executor has a listener, a chunk is one input.
  ///
  /// @param n inputs per chunk; from 1 to 2<sup>24</sup>
  MapConfig withChunkSize(int n);

  /// {@return a copy that gives results in the order in which they are ready}
  MapConfig unordered();

  /// {@return a copy with a timeout for each input, counted from when its function starts} A
  /// function that runs longer is interrupted and its input fails with a [TaskTimeoutException].
  ///
  /// @param perItem the timeout; positive
  MapConfig withTimeout(Duration perItem);

  /// {@return a copy that reports progress} The action is called on the consumer's thread, each
  /// time a result is about to be handed out.
  ///
  /// @param c is given the progress
  MapConfig withProgress(Consumer<? super MapProgress> c);
}
