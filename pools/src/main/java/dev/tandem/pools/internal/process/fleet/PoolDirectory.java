package dev.tandem.pools.internal.process.fleet;

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
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two directories of a pool, which its owner alone may enter: one for the socket, the argument
/// file and error reports; one for the status pages, in shared memory if the system has a file
/// system for that.
///
/// Cleaners of temporary directories may remove them, or what is in them: [#ensure] makes again
/// what is missing.
///
/// A JVM that was killed leaves its directories behind; the next pool of the same user removes
/// them.
final class PoolDirectory {
  private static final Logger log = LoggerFactory.getLogger(PoolDirectory.class);
  private static final String PREFIX = "tandem-";
  private static final String LOCK = "lock";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Kept files;
  private final Kept pages;

  private PoolDirectory(Kept files, Kept pages) {
    this.files = files;
    this.pages = pages;
  }

  /// Creates both.
  static PoolDirectory create() {
    Path forFiles = base("tandem.socket.directory", Path.of(System.getProperty("java.io.tmpdir")));
    Path forPages =
        base("tandem.page.directory", Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : forFiles);
    Kept files = Kept.make(forFiles);
    Kept pages = null;
    try {
      pages = Kept.make(forPages);
      Path own = files.path;
      TaskTimer.handOver(() -> {
        sweep(forFiles, own);
        sweep(forPages, own);
      });
      return new PoolDirectory(files, pages);
    } catch (Throwable e) {
      files.delete();
      if (pages != null) {
        pages.delete();
      }
      throw e;
    }
  }

  private static Path base(String property, Path otherwise) {
    String given = System.getProperty(property);
    return given == null ? otherwise : Path.of(given);
  }

  private static PoolStartException noDirectory(Path base, IOException e) {
    return new PoolStartException(
        "no directory can be made in %s for the files of a process pool: %s".formatted(base, e), e);
  }

  /// Removes what JVMs that are no more have left.
  ///
  /// @param own a directory of this user
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

  /// {@return whether only this user may enter it, and the pool that has made it is gone}
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

  /// {@return whether no other user can have put anything into it} Only where the system tells.
  private static boolean isOurs(Path directory, Path own) throws IOException {
    PosixFileAttributes attributes = attributes(directory);
    return attributes != null
        && attributes.isDirectory()
        && attributes.permissions().equals(OWNER_ONLY)
        && attributes.owner().equals(Files.getOwner(own));
  }

  /// {@return whether another user can put something into it}
  private static boolean isForeign(Path directory, UserPrincipal owner) throws IOException {
    PosixFileAttributes attributes = attributes(directory);
    return attributes != null
        && !(attributes.permissions().equals(OWNER_ONLY) && attributes.owner().equals(owner));
  }

  private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view == null ? null : view.readAttributes();
  }

  /// {@return whether a pool in another namespace of processes uses it, whose pids are not visible
  /// here}
  private static boolean isLocked(Path directory) throws IOException {
    Path file = directory.resolve(LOCK);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true; // it is just being made
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // of this JVM
    }
  }

  /// Makes again what a cleaner has removed.
  ///
  /// @throws IOException if that is not possible: another user has taken the name, or there is no
  ///   room
  void ensure() throws IOException {
    files.ensure();
    pages.ensure();
  }

  /// {@return the directory for all files but the status pages}
  Path files() {
    return files.path;
  }

  /// {@return the user that this JVM is run by}
  UserPrincipal owner() {
    return files.owner;
  }

  Path socket() {
    return files.path.resolve("pool");
  }

  Path page(int number) {
    return pages.path.resolve("worker-" + number);
  }

  /// {@return where shared memory may lie, the best first}
  List<Path> forSharedMemory() {
    return List.of(pages.path, files.path);
  }

  /// Removes both, with all that is in them.
  void delete() {
    files.delete();
    pages.delete();
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

  /// One of the directories, locked for as long as this JVM lives or the directory does.
  private static final class Kept {
    private final Path path;
    private final UserPrincipal owner;
    private FileChannel lock;

    private Kept(Path path) throws IOException {
      this.path = path;
      this.owner = Files.getOwner(path);
      this.lock = lock(path);
    }

    static Kept make(Path base) {
      Path made = null;
      try {
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        made = Files.createTempDirectory(base.toAbsolutePath(), prefix, ownerOnly());
        ExitFiles.add(made); // before what is in it: it is removed after that
        return new Kept(made);
      } catch (IOException e) {
        deleteIfMade(made);
        throw noDirectory(base, e);
      } catch (Throwable e) {
        deleteIfMade(made);
        throw e;
      }
    }

    private static void deleteIfMade(@Nullable Path made) {
      if (made != null) {
        PoolDirectory.delete(made);
        ExitFiles.remove(made);
      }
    }

    private static FileAttribute<?>[] ownerOnly() {
      return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
          ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
          : new FileAttribute<?>[0];
    }

    private static FileChannel lock(Path directory) throws IOException {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        channel.lock();
        ExitFiles.made(directory.resolve(LOCK));
        return channel;
      } catch (Throwable e) {
        channel.close();
        throw e;
      }
    }

    void ensure() throws IOException {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(path.getParent());
        Files.createDirectory(path, ownerOnly()); // fails if another process was quicker
        log.warn("{} was removed, and is made again", path);
        ExitFiles.made(path);
      } else if (isForeign(path, owner)) {
        throw new IOException(path + " was removed, and somebody else has made it again");
      }
      if (!Files.exists(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
        FileChannel before = lock;
        lock = lock(path);
        before.close();
      }
    }

    void delete() {
      try {
        lock.close();
      } catch (IOException e) {
        log.debug("A lock cannot be closed", e);
      }
      PoolDirectory.delete(path);
      ExitFiles.remove(path);
    }
  }
}
