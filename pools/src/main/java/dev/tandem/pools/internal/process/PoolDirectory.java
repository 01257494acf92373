package dev.tandem.pools.internal.process;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
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
record PoolDirectory(Path files, Path pages) {
  private static final Logger log = LoggerFactory.getLogger(PoolDirectory.class);
  private static final String PREFIX = "tandem-";
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /// Creates them.
  static PoolDirectory create() {
    Path forFiles = base("tandem.socket.directory", Path.of(System.getProperty("java.io.tmpdir")));
    Path forPages =
        base("tandem.page.directory", Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : forFiles);
    TaskTimer.handOver(() -> {
      sweep(forFiles);
      sweep(forPages);
    });
    Path files = newDirectory(forFiles);
    try {
      return new PoolDirectory(files, newDirectory(forPages));
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
      throw new PoolStartException(
          "no directory can be made in %s for the files of a process pool: %s".formatted(base, e),
          e);
    }
  }

  /// Removes what JVMs that are no more have left.
  private static void sweep(Path base) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path directory : found) {
        if (isOrphan(directory)) {
          delete(directory);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be searched for leftovers", base, e);
    }
  }

  private static boolean isOrphan(Path directory) throws IOException {
    String name = directory.getFileName().toString();
    int end = name.indexOf('-', PREFIX.length());
    if (end < 0
        || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || !Files.isWritable(directory)) {
      return false;
    }
    try {
      long pid = Long.parseLong(name.substring(PREFIX.length(), end));
      return ProcessHandle.of(pid).isEmpty();
    } catch (NumberFormatException e) {
      return false; // not ours
    }
  }

  Path socket() {
    return files.resolve("pool");
  }

  Path page(int number) {
    return pages.resolve("worker-" + number);
  }

  /// Removes them with all that is in them.
  void delete() {
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
