package dev.tandem.pools.internal.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of the JVM's (`-XX:AOTCache`) that has the classes of a worker loaded and linked, and
/// beside it `<file>.id`, which tells what it was made of.
///
/// The JVM rejects a cache that does not fit, but loudly for some reasons (another option) and
/// silently for others (a changed jar): the id is compared first, so that the cache is made again.
/// The id also has the size and time of its cache: two processes that write at the same time leave
/// one valid cache, at worst with an id that does not fit; the cache is then made once more.
final class AotCache {
  /// Errors about the cache go to stdout unless these are given; the JVM starts without it then.
  private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

  final Path file;
  private final Path idFile;
  private final String id;

  /// Why there cannot be a cache, or null.
  final @Nullable String obstacle;

  private volatile boolean ready;

  private AotCache(Path file, String id, @Nullable String obstacle) {
    this.file = file;
    this.idFile = Path.of(file + ".id");
    this.id = id;
    this.obstacle = obstacle;
    ready = obstacle == null && fits();
  }

  /// @param fingerprint the fingerprint of the workers
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

  boolean isReady() {
    return ready;
  }

  /// {@return the JVM arguments that use the cache; none while there is no cache}
  List<String> use() {
    return ready ? List.of("-XX:AOTCache=" + file, QUIET.get(0), QUIET.get(1)) : List.of();
  }

  /// {@return the right to make this cache, or null while another pool has it, here or in another
  /// process}
  @Nullable AotLock tryLock() throws IOException {
    return AotLock.tryLock(Path.of(file + ".lock"));
  }

  /// Moves a new cache into its place, in one step, and writes its id.
  ///
  /// @param fresh the file of the new cache, in the same directory
  void install(Path fresh) throws IOException {
    String text = id + "\n" + stamp(fresh);
    Path freshId = Files.writeString(Path.of(fresh + ".id"), text);
    try {
      move(freshId, idFile); // first, so that a cache never lacks its id
      move(fresh, file);
    } finally {
      Files.deleteIfExists(freshId);
    }
    ready = true;
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
