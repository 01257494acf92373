package dev.tandem.pools.internal.share;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.SharedLong;
import dev.tandem.pools.SharedLongArray;
import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.codec.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shared files of a pool, in the process that makes and closes them.
public final class OwnedFiles extends SharedFiles implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OwnedFiles.class);
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final String name;
  private final List<Path> directories;
  private final Consumer<Path> made;
  private final AtomicLong count = new AtomicLong();
  private volatile boolean closed;

  /// @param name the name of the pool
  /// @param encoder that of the pool
  /// @param directories where the files may be, the best first
  /// @param made takes note of each file
  public OwnedFiles(String name, Encoder encoder, List<Path> directories, Consumer<Path> made) {
    super(encoder);
    this.name = name;
    this.directories = List.copyOf(directories);
    this.made = made;
  }

  /// {@return memory of this size, full of zeros}
  public SharedSegment newSegment(long bytes) {
    return new Segment(this, create(checkSize("bytes", bytes)), 0, bytes);
  }

  public SharedLongArray newLongArray(int length) {
    long bytes = checkSize("length", length) * Long.BYTES;
    return new Longs(this, create(bytes), 0, bytes);
  }

  public SharedLong newLong(long initial) {
    OneLong made = new OneLong(this, create(Long.BYTES), 0, Long.BYTES);
    made.set(initial);
    return made;
  }

  private SharedFile create(long bytes) {
    checkOpen();
    long id = count.incrementAndGet();
    IOException failure = new IOException("no directory");
    for (Path directory : directories) {
      try {
        SharedFile file = SharedFile.create(id, directory.resolve("shared-" + id), bytes);
        files.put(id, file);
        made.accept(file.path);
        if (closed) { // after the put: either this thread sees it, or close() sees the file
          close(file);
        }
        checkOpen();
        return file;
      } catch (IOException e) {
        e.addSuppressed(failure);
        failure = e;
      }
    }
    throw new UncheckedIOException(
        "%s: no room for %d bytes of shared memory in any of %s: %s"
            .formatted(name, bytes, directories, failure.getMessage()),
        failure);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(name + " has ended");
    }
  }

  @Override
  String name() {
    return name;
  }

  @Override
  @Nullable SharedFile find(long id, String path, long bytes) {
    return files.get(id);
  }

  @Override
  void close(SharedFile file) {
    if (files.remove(file.id, file)) {
      file.close();
      delete(file.path);
      unmap(file);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.debug("{} cannot be removed", path, e); // with the directory, then
    }
  }

  private static void unmap(SharedFile file) {
    if (!file.unmap()) {
      var _ = TaskTimer.after(AGAIN, () -> TaskTimer.handOver(() -> unmap(file)));
    }
  }

  /// Closes all: the workers are gone.
  @Override
  public void close() {
    closed = true;
    files.values().forEach(this::close);
  }

  /// {@return what the dump says of it; null if there is none}
  public @Nullable String describe() {
    long bytes = files.values().stream().mapToLong(SharedFile::bytes).sum();
    return bytes == 0 ? null : "shared memory: %d files, %d bytes".formatted(files.size(), bytes);
  }
}
