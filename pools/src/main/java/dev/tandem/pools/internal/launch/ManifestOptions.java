package dev.tandem.pools.internal.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The options in the manifest of an executable jar. The JVM applies them for `java -jar` only, and
/// workers are started with a main class.
final class ManifestOptions {
  private ManifestOptions() {}

  /// {@return the options of the jar that a JVM was started with; none if there was no `-jar`}
  ///
  /// @param command the property `sun.java.command`
  /// @param classPath the property `java.class.path`: with `-jar`, that jar
  static List<String> of(String command, String classPath) {
    boolean isJar = command.equals(classPath) || command.startsWith(classPath + " ");
    if (classPath.isEmpty() || !isJar) {
      return List.of();
    }
    try (JarFile jar = new JarFile(classPath)) {
      Manifest manifest = jar.getManifest();
      return manifest == null ? List.of() : of(manifest.getMainAttributes());
    } catch (IOException _) {
      return List.of(); // a directory that has the name of its main class
    }
  }

  private static List<String> of(Attributes attributes) {
    List<String> out = new ArrayList<>();
    add(attributes.getValue("Add-Exports"), "--add-exports=", "=ALL-UNNAMED", out);
    add(attributes.getValue("Add-Opens"), "--add-opens=", "=ALL-UNNAMED", out);
    add(attributes.getValue("Enable-Native-Access"), "--enable-native-access=", "", out);
    return out;
  }

  private static void add(@Nullable String value, String before, String after, List<String> out) {
    if (value != null) {
      for (String word : value.strip().split("\\s+", -1)) {
        out.add(before + word + after);
      }
    }
  }
}
