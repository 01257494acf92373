package dev.tandem.pools.internal.share;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files that are written and read whether or not the thread is interrupted: the JDK closes the
/// channel of an interrupted thread. The interrupt flag is kept.
public final class SteadyFile {
  /// What is left to others of a file system.
  private static final long ROOM = 16 << 20;

  private SteadyFile() {}

  /// Something to do with an open file; again from the start after an interrupt.
  public interface Step<T extends @Nullable Object> {
    /// Does it.
    T with(FileChannel channel) throws IOException;
  }

  /// Opens a file, does something with it, and closes it.
  public static <T extends @Nullable Object> T with(
      Path path, Set<? extends OpenOption> options, Step<T> step) throws IOException {
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

  /// Checks that a file of this size would leave room to others: filling a file system up takes
  /// theirs, if only for a while, and that of shared memory is the memory of the machine.
  ///
  /// @throws IOException if it would not
  public static void checkRoom(Path directory, long bytes) throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable - bytes < ROOM) {
      throw new IOException(
          "%s has room for %d bytes (expected: %d, and %d to spare)"
              .formatted(directory, usable, bytes, ROOM));
    }
  }
}
