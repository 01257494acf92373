package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.wire.ReservedFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// A file that several processes have mapped, in one of them.
///
/// ```text
///    0  closed    owner: 1 from the close on
/// 4096  content   all
/// ```
///
/// **End.** Only the owner, the process that has made the file, closes it: it writes the word,
/// removes the file and unmaps. Another process has the memory for as long as it has mapped it,
/// whatever the owner does, so no access there can fail in the processor; it reads the word before
/// each use, and unmaps when its ticker has seen it. Both unmap by closing a shared [Arena], which
/// the JDK orders with the accesses of other threads: they find the memory alive, or throw. The
/// owner believes its own field, not the word: a worker may write anything there.
///
/// A use that another process begins after the owner's `close` has returned finds the file closed:
/// the word was written before. One that began earlier may write into memory that is not read any
/// more, never into that of another segment: a file is used once.
final class SharedFile {
  static final long HEADER = 4096;
  static final long MOST = Long.MAX_VALUE - HEADER;
  private static final int CLOSED_AT = 0;

  /// Of buffers, as the status page uses it: the first use of a layout takes a fresh JVM some 20
  /// ms.
  static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  final long id;
  final Path path;
  final long bytes;
  private final boolean owned;
  private final Arena arena;
  private final MemorySegment all;
  private final ByteBuffer header;
  private volatile boolean closed;

  /// Creates one over memory that is mapped already.
  SharedFile(long id, Path path, long bytes, boolean owned, Arena arena, MemorySegment all) {
    this.id = id;
    this.path = path;
    this.bytes = bytes;
    this.owned = owned;
    this.arena = arena;
    this.all = all;
    this.header = all.asSlice(0, Math.min(HEADER, all.byteSize())).asByteBuffer();
  }

  /// Creates a file full of zeros, and maps it.
  ///
  /// @param stop whether to give up, asked again and again
  /// @throws IOException if there is no room for it; then it is gone again
  static SharedFile create(long id, Path directory, long bytes, BooleanSupplier stop)
      throws IOException {
    ReservedFile.checkRoom(directory, bytes);
    Path path = directory.resolve("shared-" + id);
    ReservedFile.create(path, HEADER + bytes, stop);
    try {
      return map(id, path, bytes, true);
    } catch (Throwable e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /// Maps the file of another process.
  static SharedFile open(long id, Path path, long bytes) throws IOException {
    return map(id, path, bytes, false);
  }

  private static SharedFile map(long id, Path path, long bytes, boolean owned) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment all = ReservedFile.map(path, HEADER + bytes, arena);
      return new SharedFile(id, path, bytes, owned, arena, all);
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  /// {@return what stands for a file that is not there: its owner has closed it already}
  static SharedFile gone(long id, long bytes) {
    SharedFile file =
        new SharedFile(id, Path.of(""), bytes, true, Arena.global(), MemorySegment.NULL);
    file.closed = true;
    return file;
  }

  /// {@return a part of the content} Each use of it must be preceded by [#checkOpen()].
  MemorySegment part(long offset, long size) {
    return all.byteSize() == 0 ? all : all.asSlice(HEADER + offset, size);
  }

  /// @throws IllegalStateException if it is closed
  void checkOpen() {
    if (isClosed()) {
      boolean came = all.byteSize() > 0;
      throw new IllegalStateException(
          this + (came ? " is closed" : " was closed, or its file removed, before it came here"));
    }
  }

  /// {@return whether the owner has closed it}
  boolean isClosed() {
    if (!closed && !owned) {
      try {
        closed = (long) LONG.getVolatile(header, CLOSED_AT) != 0;
      } catch (IllegalStateException _) { // unmapped just now
        closed = true;
      }
    }
    return closed;
  }

  /// Tells the other processes that the owner has closed it. Thread: the one that closes.
  void close() {
    closed = true;
    LONG.setVolatile(header, CLOSED_AT, 1L);
  }

  /// Unmaps it.
  ///
  /// @return false if a call of the JDK is using the memory, such as a write to a channel
  boolean unmap() {
    try {
      arena.close();
      return true;
    } catch (IllegalStateException _) {
      return !arena.scope().isAlive();
    }
  }

  @Override
  public String toString() {
    return "shared memory " + id;
  }
}
