package dev.tandem.pools.internal.launch;

import java.util.Map;

/// The variables of this JVM's environment that its workers do not inherit: those that the `java`
/// command or the JVM read as arguments. They would start an agent or a debugger in each worker,
/// and the JVM reports on stderr that it picked them up.
final class WorkerEnvironment {
  private static final String[] REMOVED = {
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "_JAVA_OPTIONS",
    "JDK_AOT_VM_OPTIONS",
    "CLASSPATH",
    "_JAVA_LAUNCHER_DEBUG",
    "_JAVA_SPLASH_FILE",
    "_JAVA_SPLASH_JAR"
  };

  private WorkerEnvironment() {}

  static void clean(Map<String, String> environment) {
    for (String name : REMOVED) {
      environment.remove(name);
    }
    // The macOS launcher's note of the main class of a process.
    environment.keySet().removeIf(name -> name.startsWith("JAVA_MAIN_CLASS_"));
  }
}
