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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shared files of a pool, in the process that makes and closes them.
public final class OwnedFiles extends SharedFiles implements AutoCloseable {
  /*
   * The end of the pool closes all files, and then removes the directories, in which no file may be
   * made later. So a file is made under a shared lock, and the end takes the lock exclusively after
   * it has set its flag: what was being made is there then, or was given up, since the maker looks
   * at the flag between two pieces that it writes; what comes later sees the flag.
   *
   * A file is not used again after its close, although the next one would be made faster. See
   * decision 0020.
   */
  private static final Logger log = LoggerFactory.getLogger(OwnedFiles.class);
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final String name;
  private final List<Path> directories;
  private final Consumer<Path> made;
  private final AtomicLong count = new AtomicLong();
  private final ReadWriteLock making = new ReentrantReadWriteLock();
  private volatile boolean ended;

  /// @param name the name of the pool
  /// @param encoder that of the pool
  /// @param directories where the files may be, the best first; at least one
  /// @param made takes note of each file
  public OwnedFiles(String name, Encoder encoder, List<Path> directories, Consumer<Path> made) {
    super(encoder);
    this.name = name;
    this.directories = List.copyOf(directories);
    this.made = made;
  }

  /// {@return memory of this size, full of zeros}
  public SharedSegment newSegment(long bytes) {
    return new Segment(this, create(checkSize("bytes", bytes, SharedFile.MOST)), 0, bytes);
  }

  /// {@return an array of this length, all zero}
  public SharedLongArray newLongArray(int length) {
    long bytes = checkSize("length", length, Longs.MOST) * Long.BYTES;
    return new Longs(this, create(bytes), 0, bytes);
  }

  /// {@return a number with this value}
  public SharedLong newLong(long initial) {
    OneLong number = new OneLong(this, create(Long.BYTES), 0, Long.BYTES);
    number.set(initial);
    return number;
  }

  private SharedFile create(long bytes) {
    making.readLock().lock();
    try {
      checkOpen();
      long id = count.incrementAndGet();
      List<IOException> failures = new ArrayList<>();
      for (Path directory : directories) {
        try {
          SharedFile file = SharedFile.create(id, directory, bytes, () -> ended);
          files.put(id, file);
          made.accept(file.path);
          return file;
        } catch (IOException e) {
          checkOpen();
          failures.add(e);
        }
      }
      throw noRoom(bytes, failures);
    } finally {
      making.readLock().unlock();
    }
  }

  private UncheckedIOException noRoom(long bytes, List<IOException> failures) {
    String reasons = failures.stream().map(IOException::toString).collect(Collectors.joining("; "));
    IOException first = failures.removeFirst();
    failures.forEach(first::addSuppressed);
    return new UncheckedIOException(
        "%s: no room for %s bytes of shared memory: %s".formatted(name, bytes, reasons), first);
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException(name + " has ended, and has no shared memory");
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

  /// Closes all, for good.
  @Override
  public void close() {
    ended = true;
    making.writeLock().lock();
    try {
      files.values().forEach(this::close);
    } finally {
      making.writeLock().unlock();
    }
  }

  /// {@return how many bytes there are}
  public long bytes() {
    return files.values().stream().mapToLong(file -> file.bytes).sum();
  }

  /// {@return how many files there are}
  public int size() {
    return files.size();
  }
}
