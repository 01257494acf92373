package dev.tandem.pools.internal.process;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two directories of a pool, which its owner alone may enter: one for the socket, the argument
/// file and error reports; one for the status pages, in shared memory if the system has a file
/// system for that.
///
/// A JVM that was killed leaves its directories behind; the next pool of the same user removes
/// them.
///
/// @param files the first
/// @param pages the second; can be the same
/// @param locks keep others from taking them for leftovers
record PoolDirectory(Path files, Path pages, List<FileChannel> locks) {
  private static final Logger log = LoggerFactory.getLogger(PoolDirectory.class);
  private static final String PREFIX = "tandem-";
  private static final String LOCK = "lock";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /// Creates them.
  static PoolDirectory create() {
    Path forFiles = base("tandem.socket.directory", Path.of(System.getProperty("java.io.tmpdir")));
    Path forPages =
        base("tandem.page.directory", Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : forFiles);
    Path files = newDirectory(forFiles);
    TaskTimer.handOver(() -> {
      sweep(forFiles, files);
      sweep(forPages, files);
    });
    Path pages = null;
    try {
      pages = newDirectory(forPages);
      return new PoolDirectory(files, pages, List.of(lock(files), lock(pages)));
    } catch (IOException e) {
      delete(files);
      if (pages != null) {
        delete(pages);
      }
      throw noDirectory(forPages, e);
    } catch (PoolStartException e) {
      delete(files);
      throw e;
    }
  }

  private static Path base(String property, Path otherwise) {
    String given = System.getProperty(property);
    return given == null ? otherwise : Path.of(given);
  }

  private static Path newDirectory(Path base) {
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    try {
      return Files.createTempDirectory(
          base.toAbsolutePath(), PREFIX + ProcessHandle.current().pid() + "-", ownerOnly);
    } catch (IOException e) {
      throw noDirectory(base, e);
    }
  }

  private static PoolStartException noDirectory(Path base, IOException e) {
    return new PoolStartException(
        "no directory can be made in %s for the files of a process pool: %s".formatted(base, e), e);
  }

  /// Removes what JVMs that are no more have left.
  ///
  /// @param own a directory that is ours
  private static void sweep(Path base, Path own) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path directory : found) {
        if (isOrphan(directory, own)) {
          delete(directory);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be searched for leftovers", base, e);
    }
  }

  /// {@return whether it is ours alone, and the pool that has made it is gone}
  private static boolean isOrphan(Path directory, Path own) throws IOException {
    String name = directory.getFileName().toString();
    int end = name.indexOf('-', PREFIX.length());
    if (end < 0 || !isOurs(directory, own)) {
      return false;
    }
    try {
      long pid = Long.parseLong(name.substring(PREFIX.length(), end));
      return ProcessHandle.of(pid).isEmpty() && !isLocked(directory);
    } catch (NumberFormatException e) {
      return false; // not of a pool
    }
  }

  /// {@return whether nobody else can have put anything into it} Only where the system tells.
  private static boolean isOurs(Path directory, Path own) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return false;
    }
    PosixFileAttributes attributes = view.readAttributes();
    return attributes.isDirectory()
        && attributes.permissions().equals(OWNER_ONLY)
        && attributes.owner().equals(Files.getOwner(own));
  }

  /// {@return whether a pool in another namespace of processes, whose pids we cannot see, uses it}
  private static boolean isLocked(Path directory) throws IOException {
    Path file = directory.resolve(LOCK);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true; // it is just being made
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // ours
    }
  }

  /// Locks it for as long as this JVM lives or the directory does.
  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  Path socket() {
    return files.resolve("pool");
  }

  Path page(int number) {
    return pages.resolve("worker-" + number);
  }

  /// Removes them with all that is in them.
  void delete() {
    for (FileChannel lock : locks) {
      try {
        lock.close();
      } catch (IOException e) {
        log.debug("A lock cannot be closed", e);
      }
    }
    delete(files);
    delete(pages);
  }

  private static void delete(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      log.debug("{} cannot be removed", directory, e);
    }
  }
}
