package dev.tandem.pools;

import dev.tandem.pools.internal.share.OneLong;

/// A `long` in memory that this JVM and the workers of one [ProcessPool] have in common; the
/// counterpart of [java.util.concurrent.atomic.AtomicLong] between processes.
///
/// {@snippet file="SharingSnippetsTest.java" region="counter"}
///
/// Made by [ProcessPool#newLong(long)]; sent and closed like a [SharedSegment]. It is read and
/// written atomically, by any number of threads of any of the processes, with the memory effects of
/// `volatile`; there is no lock that a killed worker could keep.
///
/// Thread-safe. Every method but [#close()] throws [IllegalStateException] once the long is closed.
public sealed interface SharedLong extends AutoCloseable permits OneLong {
  /// {@return the value}
  long get();

  /// Sets the value.
  void set(long value);

  /// Adds to the value.
  ///
  /// @return the value before
  long getAndAdd(long delta);

  /// Sets the value if it is the expected one.
  ///
  /// @return whether it was
  boolean compareAndSet(long expected, long value);

  /// Gives the memory back. Does nothing if that has been done.
  ///
  /// @throws UnsupportedOperationException in a worker: the process that made the long closes it
  @Override
  void close();
}
