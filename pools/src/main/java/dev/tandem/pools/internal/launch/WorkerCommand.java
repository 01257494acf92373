package dev.tandem.pools.internal.launch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The JVM arguments of the workers of one pool, except a worker's number, and their environment.
final class WorkerCommand {
  /// Options that decide which classes exist and what they may do. A worker inherits them from its
  /// parent, and no others: no heap sizes, agents, debuggers, JMX, properties.
  private static final String[] CARRIED = {
    "--upgrade-module-path=",
    "--limit-modules=",
    "--add-modules=",
    "--patch-module=",
    "--add-reads=",
    "--add-exports=",
    "--add-opens=",
    "--enable-native-access=",
    "--illegal-native-access=",
    "--enable-final-field-mutation=",
    "--illegal-final-field-mutation=",
    "--sun-misc-unsafe-memory-access=",
    "--enable-preview",
    "-Xbootclasspath/a:"
  };

  /// Variables that the `java` command or the JVM read as arguments. They would start an agent or a
  /// debugger in each worker, and the JVM reports on stderr that it picked them up.
  private static final Set<String> NOT_INHERITED =
      Set.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_AOT_VM_OPTIONS",
          "CLASSPATH",
          "_JAVA_LAUNCHER_DEBUG",
          "_JAVA_SPLASH_FILE",
          "_JAVA_SPLASH_JAR");

  private static final long SMALLEST_HEAP = 16L << 20;

  private WorkerCommand() {}

  /// {@return the arguments that stand before a worker's number}
  ///
  /// @param detached whether the workers are started through [Detachment]
  static List<String> options(
      ParentJvm jvm,
      StartMode mode,
      LaunchOptions settings,
      Path directory,
      String mainClass,
      boolean detached) {
    List<String> user = settings.jvmArguments();
    List<String> out = new ArrayList<>();
    if (!JvmArguments.chooseCollector(user)) {
      out.add("-XX:+UseSerialGC");
    }
    out.add("-XX:-UsePerfData");
    out.add("-XX:+ExitOnOutOfMemoryError");
    out.add("-XX:-CreateCoredumpOnCrash");
    out.add("-XX:ErrorFile=" + percent(directory.toString()) + File.separator + "hs_err_%p.log");
    if (!JvmArguments.limitHeap(user)) {
      out.add("-Xmx" + heapLimit(jvm, settings) / 1024 + "k");
    }
    // The parent reads a worker's output as UTF-8, whatever the locale.
    out.add("-Dstdout.encoding=UTF-8");
    out.add("-Dstderr.encoding=UTF-8");
    addModules(jvm, mode, out);
    if (!detached) {
      // lets the worker detach itself; only where needed, because it costs 3 ms of a start
      out.add("--enable-native-access=" + (jvm.module() == null ? "ALL-UNNAMED" : jvm.module()));
    }
    if (mode == StartMode.SPRING_BOOT) {
      addSpringProperties(jvm, out);
      out.add("-Dloader.main=" + mainClass);
    }
    out.addAll(user);
    return out;
  }

  /// {@return the arguments that stand behind a worker's number and before its own}
  static List<String> main(ParentJvm jvm, StartMode mode, String mainClass) {
    return switch (mode) {
      case CLASS_PATH -> List.of(mainClass);
      case MODULE_PATH -> List.of("-m", jvm.module() + "/" + mainClass);
      case SPRING_BOOT -> List.of(StartMode.springLauncher(jvm.foreignLoader()));
    };
  }

  /// Removes from a copy of this JVM's environment what its workers do not get.
  static void clean(Map<String, String> environment) {
    // The macOS launcher's note of the main class of a process has a name of its own in each.
    environment
        .keySet()
        .removeIf(name -> NOT_INHERITED.contains(name) || name.startsWith("JAVA_MAIN_CLASS_"));
  }

  private static void addModules(ParentJvm jvm, StartMode mode, List<String> out) {
    String modulePath = jvm.absoluteModulePath();
    String classPath = jvm.absoluteClassPath();
    if (!modulePath.isEmpty()) {
      out.add("--module-path");
      out.add(modulePath);
    }
    if (!classPath.isEmpty()) {
      out.add("--class-path");
      out.add(classPath);
    }
    String root = jvm.property("jdk.module.main");
    if (root != null && !root.equals(jvm.module())) {
      // The tasks are in the application's module, which Tandem's module does not require.
      out.add("--add-modules=" + root);
    } else if (root == null && mode == StartMode.MODULE_PATH) {
      // The parent's main class is on the class path: it has the platform's default modules.
      out.add("--add-modules=ALL-DEFAULT");
    }
    Set<String> once = new HashSet<>();
    for (String argument : jvm.arguments()) {
      if (isCarried(argument) && once.add(argument)) {
        out.add(argument);
      }
    }
  }

  private static boolean isCarried(String argument) {
    return Arrays.stream(CARRIED).anyMatch(argument::startsWith);
  }

  /// Adds the properties that tell Spring Boot's loader where to look for jars and settings.
  private static void addSpringProperties(ParentJvm jvm, List<String> out) {
    for (String name : jvm.properties().keySet().stream().sorted().toList()) {
      if (name.startsWith("loader.")
          && !name.equals("loader.main")
          && !name.equals("loader.args")) {
        out.add("-D" + name + "=" + jvm.text(name));
      }
    }
  }

  /// {@return the largest heap of a worker in bytes, or 0 if the user's arguments set it}
  static long maxHeap(ParentJvm jvm, LaunchOptions settings) {
    return JvmArguments.limitHeap(settings.jvmArguments()) ? 0 : heapLimit(jvm, settings);
  }

  /// Computes a worker's share of the heap, at least the minimum that a worker needs.
  private static long heapLimit(ParentJvm jvm, LaunchOptions settings) {
    return settings.maxHeap() != 0
        ? settings.maxHeap()
        : Math.max(SMALLEST_HEAP, jvm.maxMemory() / Math.max(1, settings.workers()));
  }

  /// Doubles the percent signs of a directory, because the JVM expands `%p` in the file name.
  private static String percent(String path) {
    return path.replace("%", "%%");
  }
}
