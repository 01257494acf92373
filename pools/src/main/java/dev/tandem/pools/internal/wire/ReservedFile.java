package dev.tandem.pools.internal.wire;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BooleanSupplier;

/// A file for memory that several processes map. It is written full of zeros before it is mapped: a
/// page of a full file system that is first touched through the mapping would be a SIGBUS.
public final class ReservedFile {
  private static final int SLICE = 1 << 16;

  /// What is left to others of a file system.
  private static final long ROOM = 16 << 20;

  private ReservedFile() {}

  /// Checks that a file of this size would leave room to others: filling a file system up takes
  /// theirs, if only for a moment, and is often memory.
  ///
  /// @throws IOException if it would not
  public static void checkRoom(Path directory, long bytes) throws IOException {
    long usable = directory.toFile().getUsableSpace(); // 0 if it is not known
    if (usable > 0 && usable - bytes < ROOM) {
      throw new IOException(
          "room: %s bytes in %s (expected: %s and %s to spare)"
              .formatted(usable, directory, bytes, ROOM));
    }
  }

  /// Creates a file that only its owner may read. An interrupt does not end that, and stays.
  ///
  /// @param bytes its size
  /// @param stop whether to give up, asked again and again
  /// @throws IOException if there is no room for it, or something has its name
  public static void create(Path file, long bytes, BooleanSupplier stop) throws IOException {
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownerOnly);
    byte[] zeros = new byte[(int) Math.min(SLICE, bytes)];
    try (OutputStream out = new FileOutputStream(file.toFile())) { // a channel hears interrupts
      for (long left = bytes; left > 0; left -= zeros.length) {
        if (stop.getAsBoolean()) {
          throw new IOException(file + " is not needed any more");
        }
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    } catch (Throwable e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /// {@return the memory of a file} Mapped as a segment: the older way to map takes a fresh JVM a
  /// third of its start. An interrupt does not end that, and stays.
  ///
  /// @param bytes its size
  /// @param arena unmaps it when it is closed
  /// @throws IOException if it cannot be opened, or is shorter
  public static MemorySegment map(Path file, long bytes, Arena arena) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted(); // which would close the channel
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          if (channel.size() < bytes) {
            throw new IOException(file + " was truncated");
          }
          return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        } catch (ClosedByInterruptException _) {
          // an interrupt in between: once more
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
