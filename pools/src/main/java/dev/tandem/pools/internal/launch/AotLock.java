package dev.tandem.pools.internal.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The right to make one AOT cache. It only saves work: two pools that make the same cache at the
/// same time do no harm. The operating system releases the lock of a process that dies.
final class AotLock implements AutoCloseable {
  /// The files whose locks pools of this JVM hold. The operating system's lock belongs to the
  /// process, and is released when any channel of the file is closed.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private AotLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static @Nullable AotLock tryLock(Path file) throws IOException {
    if (!HELD.add(file)) {
      return null;
    }
    AotLock lock = null;
    try {
      lock = lock(file);
      return lock;
    } finally {
      if (lock == null) {
        HELD.remove(file);
      }
    }
  }

  private static @Nullable AotLock lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // the same file by another name
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? new AotLock(file, channel) : null;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    } finally {
      HELD.remove(file);
    }
  }
}
