package dev.tandem.pools.internal.launch;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of the JVM's (`-XX:AOTCache`) that has the classes of a worker loaded and linked, and
/// beside it `<file>.id`, which tells what it was made of.
///
/// The JVM refuses a cache that does not fit, but loudly for some reasons (another option) and
/// silently for others (a changed jar): the id says so before, so that the cache is made again. It
/// names the size and time of its cache, too: two processes that write at the same time leave one
/// valid cache, at worst with an id that does not fit, which means it is made once more.
final class AotCache {
  /// Errors about the cache go to stdout unless these are given; the JVM starts without it then.
  private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

  private final Path file;
  private final Path idFile;
  private final String id;
  private final @Nullable String obstacle;
  private volatile boolean ready;

  private AotCache(Path file, String id, @Nullable String obstacle) {
    this.file = file;
    this.idFile = Path.of(file + ".id");
    this.id = id;
    this.obstacle = obstacle;
    ready = obstacle == null && fits();
  }

  /// @param fingerprint the workers'
  /// @param options the JVM arguments of the workers
  static AotCache of(
      Path file, String fingerprint, List<String> options, ParentJvm jvm, List<String> user) {
    long hash = 0;
    for (String option : options) {
      if (!option.startsWith("-XX:ErrorFile=")) {
        hash = hash * 0x9E3779B97F4A7C15L + option.hashCode();
      }
    }
    return new AotCache(
        file.toAbsolutePath(),
        fingerprint + " " + Long.toHexString(hash),
        obstacle(file.toAbsolutePath(), jvm, user));
  }

  /// {@return why there cannot be a cache, or null}
  @Nullable String obstacle() {
    return obstacle;
  }

  boolean isReady() {
    return ready;
  }

  /// {@return the JVM arguments that use it; none while it is not there}
  List<String> use() {
    return ready ? List.of("-XX:AOTCache=" + file, QUIET.get(0), QUIET.get(1)) : List.of();
  }

  Path file() {
    return file;
  }

  /// {@return the right to write this cache, or null while somebody else has it, here or in another
  /// process} Closing the channel gives it back.
  @Nullable FileChannel tryLock() throws IOException {
    FileChannel channel =
        FileChannel.open(idFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // another pool of this JVM
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : channel;
  }

  /// Notes that the cache is in place, and what it was made of.
  void written(FileChannel locked, String stamp) throws IOException {
    locked.truncate(0);
    ByteBuffer text = ByteBuffer.wrap((id + "\n" + stamp).getBytes(StandardCharsets.UTF_8));
    while (text.hasRemaining()) {
      locked.write(text);
    }
    ready = true;
  }

  static String stamp(Path cache) throws IOException {
    return Files.size(cache) + " " + Files.getLastModifiedTime(cache).toMillis();
  }

  private boolean fits() {
    try {
      return Files.readString(idFile).equals(id + "\n" + stamp(file));
    } catch (IOException _) {
      return false; // missing, or being written
    }
  }

  private static @Nullable String obstacle(Path file, ParentJvm jvm, List<String> user) {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "the directory " + folder + " does not exist";
    }
    for (String prefix : List.of("-XX:AOT", "-XX:SharedArchiveFile", "-Xshare")) {
      String other = JvmArguments.last(user, prefix);
      if (other != null) {
        return "the JVM argument " + other + " already decides on it";
      }
    }
    for (String path : List.of(jvm.absoluteModulePath(), jvm.absoluteClassPath())) {
      for (String entry : path.split(File.pathSeparator, -1)) {
        String[] inside = entry.isEmpty() ? null : new File(entry).list();
        if (inside != null && inside.length > 0) {
          return "the JVM caches classes from jars only, and " + entry + " is a directory";
        }
      }
    }
    return null;
  }
}
