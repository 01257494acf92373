package dev.tandem.pools;

import dev.tandem.pools.internal.share.Segment;
import java.lang.foreign.MemorySegment;

/// Memory that this JVM and the workers of one [ProcessPool] have in common.
///
/// {@snippet file="SharingSnippetsTest.java" region="segment"}
///
/// A segment is made by [ProcessPool#newSegment(long)]. A task captures it, or gets it as an
/// argument or in a larger value, and finds the same memory: nothing is copied. A task may also
/// return it. It cannot be sent to the workers of another pool.
///
/// **Contents.** Zeros at first. Everything that [MemorySegment] offers works on [#memory()]. The
/// memory is reserved when this is created, so no access to it can fail later for want of room.
///
/// **Memory effects.** Plain accesses of two threads to the same bytes need order, as in one JVM:
/// what a thread wrote before it submitted a task is there for the task, and what the task wrote is
/// there for a thread that has its result. Tasks that use a segment at the same time need the
/// volatile, acquire, release and compare-and-set accesses of the layouts'
/// [VarHandles][java.lang.foreign.ValueLayout#varHandle()], which order memory between processes as
/// they do between threads; [SharedLongArray] has the usual ones. Only aligned accesses of up to
/// eight bytes are atomic, and the VarHandles refuse others with an [IllegalArgumentException]. A
/// worker that is killed leaves what it had written.
///
/// **Lifetime.** The segment lives until it is closed here, or the pool has ended, whatever workers
/// die. From then on, every access to it throws [IllegalStateException], and none crashes: here at
/// once; in a worker each call of [#memory()] at once, and a `MemorySegment` that it had got before
/// within a second. A segment that was closed while it was on its way arrives closed.
///
/// Thread-safe.
public sealed interface SharedSegment extends AutoCloseable permits Segment {
  /// {@return the size in bytes} Also when this is closed.
  long byteSize();

  /// {@return the memory} In this JVM and in each worker it is mapped once.
  ///
  /// @throws IllegalStateException if this is closed
  MemorySegment memory();

  /// {@return a part of this segment, which can be sent like it} It is closed with it, and closing
  /// the part closes all.
  ///
  /// @param offset where the part begins, in bytes; for atomic access a multiple of their size
  /// @param bytes the size of the part; from 1 to the size of this segment
  /// @throws IndexOutOfBoundsException if the part is not inside
  /// @throws IllegalArgumentException if `bytes` is out of range
  SharedSegment slice(long offset, long bytes);

  /// {@return whether this is closed}
  boolean isClosed();

  /// Gives the memory back, and removes its file. Does nothing if that has been done. Where a call
  /// of the JDK is using the memory, such as a write to a channel, that is done after it.
  ///
  /// @throws UnsupportedOperationException in a worker: the process that made the segment closes it
  @Override
  void close();
}
