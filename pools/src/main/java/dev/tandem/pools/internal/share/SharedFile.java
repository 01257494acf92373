package dev.tandem.pools.internal.share;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/// A file that several processes have mapped, in one of them.
///
/// ```text
///    0  closed    owner: 1 from the close on
/// 4096  content   all
/// ```
///
/// **End.** Only the process that made the file closes it: it writes the word, removes the file and
/// unmaps. Another process has the memory for as long as it has mapped it, whatever the owner does,
/// so no access there can fail in the processor; it reads the word when a task asks for the memory,
/// and from time to time, and unmaps then. Both unmap by closing a shared [Arena], which the JDK
/// orders with the accesses of other threads: they find the memory alive, or throw.
///
/// **Room.** The file is written full before it is mapped: a page of a full file system that is
/// first touched through the mapping would be a SIGBUS.
final class SharedFile {
  static final long HEADER = 4096;
  private static final long CLOSED_AT = 0;
  private static final int SLICE = 1 << 20;

  /// What is left to others of a file system.
  private static final long ROOM = 16 << 20;

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  final long id;
  final Path path;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment all;
  private volatile boolean closed;

  private SharedFile(long id, Path path, long bytes) throws IOException {
    this.id = id;
    this.path = path;
    MemorySegment mapped = null;
    try {
      mapped =
          uninterruptibly(
              path,
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE),
              channel -> {
                long size = Math.addExact(HEADER, bytes);
                if (channel.size() < size) {
                  throw new IOException(path + " was truncated");
                }
                return channel.map(MapMode.READ_WRITE, 0, size, arena);
              });
    } finally {
      if (mapped == null) {
        arena.close();
      }
    }
    this.all = mapped;
  }

  /// Creates a file full of zeros, and maps it.
  ///
  /// @throws IOException if there is no room for it; then it is gone again
  static SharedFile create(long id, Path path, long bytes) throws IOException {
    long usable = Files.getFileStore(path.getParent()).getUsableSpace();
    if (usable - bytes < ROOM) { // filling it up would take the room of others, if only for a while
      throw new IOException(
          "%s has room for %d bytes (expected: %d, and %d to spare)"
              .formatted(path.getParent(), usable, bytes, ROOM));
    }
    try {
      uninterruptibly(
          path,
          EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
          channel -> {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(SLICE, HEADER + bytes));
            for (long left = HEADER + bytes; left > 0; ) {
              zeros.clear().limit((int) Math.min(left, zeros.capacity()));
              left -= channel.write(zeros);
            }
            return path;
          });
      return new SharedFile(id, path, bytes);
    } catch (Throwable e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /// Maps the file of another process.
  static SharedFile open(long id, Path path, long bytes) throws IOException {
    return new SharedFile(id, path, bytes);
  }

  private interface Step<T> {
    T with(FileChannel channel) throws IOException;
  }

  /// Does something with a file, whether or not the current thread is interrupted: the JDK closes
  /// the channel of an interrupted thread. The flag is kept.
  private static <T> T uninterruptibly(Path path, Set<? extends OpenOption> options, Step<T> step)
      throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(path, options)) {
          return step.with(channel);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// {@return the content}
  ///
  /// @throws IllegalStateException if it is closed
  MemorySegment content() {
    if (isClosed()) {
      throw new IllegalStateException(this + " is closed");
    }
    return all.asSlice(HEADER);
  }

  /// {@return whether it was closed, by this process or the owner}
  boolean isClosed() {
    if (!closed) {
      try {
        closed = (long) LONG.getVolatile(all, CLOSED_AT) != 0;
      } catch (IllegalStateException _) { // unmapped just now
        closed = true;
      }
    }
    return closed;
  }

  /// Tells the other processes that this one has closed it. Thread: the one that closes.
  void close() {
    LONG.setVolatile(all, CLOSED_AT, 1L);
    closed = true;
  }

  /// Unmaps it.
  ///
  /// @return false if some call of the JDK is using the memory at the moment, such as a write to a
  ///   channel
  boolean unmap() {
    try {
      if (arena.scope().isAlive()) {
        arena.close();
      }
      return true;
    } catch (IllegalStateException e) {
      return !arena.scope().isAlive();
    }
  }

  long bytes() {
    return all.byteSize() - HEADER;
  }

  @Override
  public String toString() {
    return "shared memory " + id;
  }
}
