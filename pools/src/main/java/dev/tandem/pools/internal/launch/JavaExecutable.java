package dev.tandem.pools.internal.launch;

import dev.tandem.pools.PoolStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The `java` command of the JDK that this JVM runs on.
final class JavaExecutable {
  private static final String VERSION_KEY = "JAVA_RUNTIME_VERSION=";
  private static final String IMAGE_VERSION_KEY = "JAVA_VERSION=";

  private JavaExecutable() {}

  /// {@return the path of `bin/java`, or `bin/java.exe`}
  ///
  /// @throws PoolStartException if it is missing, or no longer has this JVM's version
  static Path find(ParentJvm jvm) {
    Path home = Path.of(jvm.text("java.home"));
    Path java = home.resolve("bin").resolve("java");
    if (!Files.isExecutable(java)) {
      Path exe = home.resolve("bin").resolve("java.exe");
      if (!Files.isExecutable(exe)) {
        throw missing(home, java);
      }
      java = exe;
    }
    checkVersion(jvm, home);
    return java;
  }

  private static PoolStartException missing(Path home, Path java) {
    return new PoolStartException(
        Files.isDirectory(home)
            ? "There is no executable "
                + java
                + " to start workers with: java.home is an image without commands. Build the image "
                + "without --strip-native-commands (jlink; jpackage strips them unless given "
                + "--jlink-options without that option), or run on a complete JDK."
            : "The directory of this JVM's JDK, "
                + home
                + " (java.home), is gone: it was removed or replaced while this program runs. Restart "
                + "the program on an installed JDK.",
        null);
  }

  /// Checks the JDK's version: a system update may replace a JDK under the running programs.
  private static void checkVersion(ParentJvm jvm, Path home) {
    String release = release(home);
    if (release == null) {
      return; // an image may lack the file; a worker's handshake has its version, too
    }
    String found = value(release, VERSION_KEY);
    String expected = jvm.text("java.runtime.version");
    if (found == null) {
      found = value(release, IMAGE_VERSION_KEY);
      expected = numbers(jvm.text("java.version"));
    }
    if (found != null && !expected.isEmpty() && !found.equals(expected)) {
      throw new PoolStartException(
          "The JDK in "
              + home
              + " (java.home) is "
              + found
              + ", but this JVM is "
              + expected
              + ": it was replaced while this program runs. Restart the program.",
          null);
    }
  }

  /// {@return the version without suffixes such as `-ea`} The release file of an image of jlink
  /// lacks them.
  private static String numbers(String version) {
    int end = version.indexOf('-');
    return end < 0 ? version : version.substring(0, end);
  }

  private static @Nullable String release(Path home) {
    try {
      return Files.readString(home.resolve("release"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return null;
    }
  }

  /// {@return the value of the key, without its quotes; null if there is none}
  private static @Nullable String value(String release, String key) {
    int at = release.startsWith(key) ? 0 : release.indexOf("\n" + key) + 1;
    if (at == 0 && !release.startsWith(key)) {
      return null;
    }
    int start = at + key.length();
    int end = release.indexOf('\n', start);
    return release.substring(start, end < 0 ? release.length() : end).strip().replace("\"", "");
  }
}
