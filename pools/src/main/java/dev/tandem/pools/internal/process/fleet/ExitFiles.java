package dev.tandem.pools.internal.process.fleet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Removes the directories of pools that were not closed when this JVM exits.
final class ExitFiles {
  /*
   * The application's shutdown hooks may still use a pool, in any order and for any time, so nothing
   * may be removed beside them. The JDK removes the files of File.deleteOnExit when they all have
   * ended. It never forgets a name, which would be a leak for every pool; so names are given to it
   * in a shutdown hook, the only thing that this hook does, and from then on by the thread that makes
   * a file. It removes the last name first: a directory is named before what is in it.
   */
  // @GuardedBy("ExitFiles.class")
  private static final Set<Path> directories = new LinkedHashSet<>();
  private static @Nullable Thread hook;
  private static boolean exiting;

  private ExitFiles() {}

  /// Registers a directory that must go, with the files in it.
  static synchronized void add(Path directory) {
    directories.add(directory);
    if (exiting) {
      remember(directory);
    } else if (hook == null) {
      Thread fresh =
          Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(ExitFiles::exit);
      try {
        Runtime.getRuntime().addShutdownHook(fresh);
        hook = fresh;
      } catch (IllegalStateException _) { // this JVM is exiting
        exit();
      }
    }
  }

  /// Takes note of a file that was made in a registered directory.
  static synchronized void made(Path file) {
    if (exiting) {
      name(file);
    }
  }

  /// Takes note that files were made in a registered directory.
  static synchronized void madeIn(Path directory) {
    if (exiting) {
      remember(directory);
    }
  }

  /// Forgets a directory, which is gone.
  static synchronized void remove(Path directory) {
    directories.remove(directory);
    if (directories.isEmpty() && hook != null && !exiting) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
        hook = null;
      } catch (IllegalStateException _) {
        // it is about to run
      }
    }
  }

  private static synchronized void exit() {
    exiting = true;
    directories.forEach(ExitFiles::remember);
  }

  private static void remember(Path directory) {
    name(directory);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(ExitFiles::name);
    } catch (IOException | RuntimeException _) {
      // gone already, or left to the next pool
    }
  }

  private static void name(Path file) {
    try {
      file.toFile().deleteOnExit();
    } catch (IllegalStateException | UnsupportedOperationException _) {
      // the files are just being removed: what is left is left to the next pool
    }
  }
}
