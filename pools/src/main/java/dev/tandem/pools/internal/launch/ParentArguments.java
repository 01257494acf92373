package dev.tandem.pools.internal.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The JVM arguments that this JVM was started with, and those of its executable jar.
///
/// Only the management interface has all of the former: it expands argument files, environment
/// variables and option files. It costs 5 to 8 ms the first time, a tenth of a worker's start. It
/// is not used where the operating system shows a command line that has none of these and no option
/// that a worker must have.
final class ParentArguments {
  private static final String COMMAND_LINE = "/proc/self/cmdline";
  private static final Set<String> VARIABLES =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS");

  private ParentArguments() {}

  /// {@return all of them}
  ///
  /// @param properties the system properties
  static List<String> read(Map<String, String> properties) {
    List<String> all = new ArrayList<>();
    if (mayBeCarried(commandLine(), System.getenv())) {
      all.addAll(fromManagement());
    }
    all.addAll(
        ofManifest(
            properties.getOrDefault("sun.java.command", ""),
            properties.getOrDefault("java.class.path", "")));
    return all;
  }

  /// {@return whether there may be an argument that a worker must have}
  ///
  /// @param commandLine as the operating system shows it, arguments ended by NUL; empty: unknown
  static boolean mayBeCarried(String commandLine, Map<String, String> environment) {
    if (commandLine.isEmpty()) {
      return true;
    }
    if (!Collections.disjoint(environment.keySet(), VARIABLES)) {
      return true;
    }
    // The first argument is the program. An option of the application may look like one of the
    // JVM's: then the management interface is used without need.
    int start = commandLine.indexOf('\0') + 1;
    if (start <= 0 || !commandLine.substring(0, start - 1).endsWith("java")) {
      return true;
    }
    for (int end; (end = commandLine.indexOf('\0', start)) >= 0; start = end + 1) {
      String argument = commandLine.substring(start, end);
      if (argument.startsWith("--")
          || argument.startsWith("@")
          || argument.startsWith("-XX:Flags=")
          || argument.startsWith("-XX:VMOptionsFile=")) {
        return true;
      }
    }
    return false;
  }

  private static String commandLine() {
    try (FileInputStream in = new FileInputStream(COMMAND_LINE)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return ""; // not Linux
    }
  }

  private static List<String> fromManagement() {
    try {
      return ManagementFactory.getRuntimeMXBean().getInputArguments();
    } catch (LinkageError _) {
      // An image without java.management: there is no better source. A missing argument shows as a
      // class or module that a worker does not find.
      return List.of();
    }
  }

  /// {@return the options in the manifest of the executable jar; none if there was no `-jar`} The
  /// JVM applies them for `java -jar` only, and workers are started with a main class.
  ///
  /// @param command the property `sun.java.command`
  /// @param classPath the property `java.class.path`: with `-jar`, that jar
  private static List<String> ofManifest(String command, String classPath) {
    boolean isJar = command.equals(classPath) || command.startsWith(classPath + " ");
    if (classPath.isEmpty() || !isJar) {
      return List.of();
    }
    try (JarFile jar = new JarFile(classPath)) {
      Manifest manifest = jar.getManifest();
      return manifest == null ? List.of() : ofManifest(manifest.getMainAttributes());
    } catch (IOException _) {
      return List.of(); // a directory that has the name of its main class
    }
  }

  private static List<String> ofManifest(Attributes attributes) {
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
