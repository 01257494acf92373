package dev.tandem.pools.internal.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The JVM arguments that this JVM was started with.
///
/// Only the management interface has them all: it expands argument files, environment variables and
/// option files. It costs 5 to 8 ms the first time, a tenth of a worker's start. It is not used
/// where the operating system shows a command line that has none of these and no option that a
/// worker must have.
final class ParentArguments {
  private static final String COMMAND_LINE = "/proc/self/cmdline";
  private static final Set<String> VARIABLES =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS");

  private ParentArguments() {}

  static List<String> read() {
    return mayBeCarried(commandLine(), System.getenv()) ? fromManagement() : List.of();
  }

  /// {@return whether there may be an argument that a worker must have}
  ///
  /// @param commandLine as the operating system shows it, arguments ended by NUL; empty: unknown
  static boolean mayBeCarried(String commandLine, Map<String, String> environment) {
    if (commandLine.isEmpty()) {
      return true;
    }
    for (String name : VARIABLES) {
      if (environment.containsKey(name)) {
        return true;
      }
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
}
