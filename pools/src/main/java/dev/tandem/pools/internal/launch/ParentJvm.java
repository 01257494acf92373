package dev.tandem.pools.internal.launch;

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way in which a JVM was started, as far as a worker must be started the same way. A value, so
/// that tests can describe other JVMs than their own.
///
/// @param properties its system properties, those that are strings
/// @param module the name of the module that Tandem is in, null on the class path
/// @param foreignLoader the class name of the loader that a worker must have, too, where the JDK's
///   own is not enough; else null. Where that is Spring Boot's, the property `loader.path` is what
///   a worker needs
/// @param arguments the JVM arguments it was started with, as the JVM reports them, and those of
///   its executable jar
/// @param maxMemory its heap limit in bytes
record ParentJvm(
    Map<String, String> properties,
    @Nullable String module,
    @Nullable String foreignLoader,
    List<String> arguments,
    long maxMemory) {
  ParentJvm {
    properties = Map.copyOf(properties);
    arguments = List.copyOf(arguments);
  }

  static ParentJvm current() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    Module module = ParentJvm.class.getModule();
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    String path =
        ParentLoaders.springPath(ParentJvm.class, application, properties.get("loader.path"));
    if (path != null) {
      properties.put("loader.path", path);
    }
    return new ParentJvm(
        properties,
        module.isNamed() ? module.getName() : null,
        ParentLoaders.foreign(ParentJvm.class, application),
        ParentArguments.read(properties),
        Runtime.getRuntime().maxMemory());
  }

  @Nullable String property(String name) {
    return properties.get(name);
  }

  /// {@return the property, or the empty string}
  String text(String name) {
    return properties.getOrDefault(name, "");
  }

  /// {@return the first word of the command: the main class, `module/class` or the jar}
  String mainCommand() {
    String command = text("sun.java.command");
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }

  /// {@return the class path with absolute entries, an empty entry being the current directory; the
  /// empty string where there is none}
  String absoluteClassPath() {
    String path = text("java.class.path");
    // An empty class path is the current directory, except where a module is the main program.
    return path.isEmpty() && property("jdk.module.main") != null ? "" : absolute(path);
  }

  /// {@return the module path with absolute entries, the empty string where there is none}
  String absoluteModulePath() {
    String path = text("jdk.module.path");
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == File.pathSeparatorChar) {
      end--; // the JVM ignores empty entries at the end of a module path
    }
    return end == 0 ? "" : absolute(path.substring(0, end));
  }

  private static String absolute(String path) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    while (true) {
      int end = path.indexOf(File.pathSeparatorChar, start);
      String entry = path.substring(start, end < 0 ? path.length() : end);
      out.append(
          entry.isEmpty() ? new File("").getAbsolutePath() : new File(entry).getAbsolutePath());
      if (end < 0) {
        return out.toString();
      }
      out.append(File.pathSeparatorChar);
      start = end + 1;
    }
  }
}
