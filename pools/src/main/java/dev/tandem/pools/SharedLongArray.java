package dev.tandem.pools;

import dev.tandem.pools.internal.share.Longs;

/// An array of `long` in memory that this JVM and the workers of one [ProcessPool] have in common;
/// the counterpart of [java.util.concurrent.atomic.AtomicLongArray] between processes.
///
/// Made by [ProcessPool#newLongArray(int)]; sent and closed like a [SharedSegment]. Each element is
/// read and written atomically, by any number of threads of any of the processes, with the memory
/// effects of `volatile`; there is no lock that a killed worker could keep.
///
/// Thread-safe. Every method but [#length()] and [#close()] throws [IllegalStateException] once the
/// array is closed, and [IndexOutOfBoundsException] for an index outside.
public sealed interface SharedLongArray extends AutoCloseable permits Longs {
  /// {@return the number of elements}
  int length();

  /// {@return the element at this index}
  long get(int index);

  /// Sets the element at this index.
  void set(int index, long value);

  /// Adds to the element at this index.
  ///
  /// @return the value before
  long getAndAdd(int index, long delta);

  /// Sets the element at this index if it has the expected value.
  ///
  /// @return whether it had
  boolean compareAndSet(int index, long expected, long value);

  /// Gives the memory back. Does nothing if that has been done.
  ///
  /// @throws UnsupportedOperationException in a worker: the process that made the array closes it
  @Override
  void close();
}
