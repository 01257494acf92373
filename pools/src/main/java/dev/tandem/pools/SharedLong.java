package dev.tandem.pools;

import dev.tandem.pools.internal.share.OneLong;

/// A `long` in memory that this JVM and the workers of one [ProcessPool] have in common; the
/// counterpart of [java.util.concurrent.atomic.AtomicLong] between processes.
///
/// {@snippet file="SharingSnippetsTest.java" region="counter"}
///
/// Made by [ProcessPool#newLong(long)]; sent and closed like a [SharedSegment]. It is read and
/// written atomically, by any number of threads of any of the processes, with the memory effects of
/// `volatile`. There is no lock that a killed worker could keep: a step of it is done or not done.
///
/// **Use after close.** An operation that begins after [#close()] has returned throws
/// [IllegalStateException], in whatever process.
///
/// Thread-safe.
public sealed interface SharedLong extends AutoCloseable permits OneLong {
  /// {@return the value}
  ///
  /// @throws IllegalStateException if this is closed
  long get();

  /// Sets the value.
  ///
  /// @param value the new value
  /// @throws IllegalStateException if this is closed
  void set(long value);

  /// Adds to the value.
  ///
  /// @param delta what is added; may be negative. The sum wraps around
  /// @return the value before
  /// @throws IllegalStateException if this is closed
  long getAndAdd(long delta);

  /// Sets the value if it is the expected one.
  ///
  /// @param expected the value that it must have
  /// @param value the new value
  /// @return whether it had the expected value, and has the new one
  /// @throws IllegalStateException if this is closed
  boolean compareAndSet(long expected, long value);

  /// Gives the memory back. Does nothing if that has been done.
  ///
  /// @throws UnsupportedOperationException in a worker: the process that made the long closes it
  @Override
  void close();
}
