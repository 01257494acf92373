package dev.tandem.pools;

import dev.tandem.pools.internal.share.Longs;

/// An array of `long` in memory that this JVM and the workers of one [ProcessPool] have in common;
/// the counterpart of [java.util.concurrent.atomic.AtomicLongArray] between processes.
///
/// Made by [ProcessPool#newLongArray(int)]; sent and closed like a [SharedSegment]. Each element is
/// read and written atomically, by any number of threads of any of the processes, with the memory
/// effects of `volatile`. There is no lock that a killed worker could keep: a step is done or not
/// done. Neighbours share a cache line; counters that many processes change at once are faster as
/// [SharedLong]s, or eight elements apart.
///
/// **Use after close.** An operation that begins after [#close()] has returned throws
/// [IllegalStateException], in whatever process.
///
/// Thread-safe.
public sealed interface SharedLongArray extends AutoCloseable permits Longs {
  /// {@return the number of elements} Also when this is closed.
  int length();

  /// {@return an element}
  ///
  /// @param index the index of the element, from 0 to `length() - 1`
  /// @throws IndexOutOfBoundsException if there is no such element
  /// @throws IllegalStateException if this is closed
  long get(int index);

  /// Sets an element.
  ///
  /// @param index the index of the element, from 0 to `length() - 1`
  /// @param value the new value
  /// @throws IndexOutOfBoundsException if there is no such element
  /// @throws IllegalStateException if this is closed
  void set(int index, long value);

  /// Adds to an element.
  ///
  /// @param index the index of the element, from 0 to `length() - 1`
  /// @param delta what is added; may be negative. The sum wraps around
  /// @return the value before
  /// @throws IndexOutOfBoundsException if there is no such element
  /// @throws IllegalStateException if this is closed
  long getAndAdd(int index, long delta);

  /// Sets an element if it has the expected value.
  ///
  /// @param index the index of the element, from 0 to `length() - 1`
  /// @param expected the value that it must have
  /// @param value the new value
  /// @return whether it had the expected value, and has the new one
  /// @throws IndexOutOfBoundsException if there is no such element
  /// @throws IllegalStateException if this is closed
  boolean compareAndSet(int index, long expected, long value);

  /// Gives the memory back. Does nothing if that has been done.
  ///
  /// @throws UnsupportedOperationException in a worker: the process that made the array closes it
  @Override
  void close();
}
