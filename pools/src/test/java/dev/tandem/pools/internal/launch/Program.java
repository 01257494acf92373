package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Assertions;

/// Builds programs out of what this test run was compiled to, and starts them.
final class Program {
  static final String PARENT = LaunchParent.class.getName();
  static final Path JAVA = Path.of(System.getProperty("java.home", ""), "bin", "java");

  final Path home;
  final Map<String, String> environment = new LinkedHashMap<>();
  Path java = JAVA;

  Program(Path home) throws IOException {
    this.home = home;
    Files.createDirectory(home.resolve(LaunchParent.POOL));
  }

  /// {@return the directory or jar that `c` was loaded from}
  static Path origin(Class<?> c) {
    String name = c.getName().replace('.', '/') + ".class";
    String url = String.valueOf(c.getResource("/" + name));
    String outer = url.startsWith("jar:") ? url.substring(4, url.indexOf('!')) : url;
    Path path = Path.of(URI.create(outer));
    for (int i = url.startsWith("jar:") ? 0 : name.split("/").length; i > 0; i--) {
      path = path.getParent();
    }
    return path;
  }

  static Path classes() {
    return origin(Launcher.class);
  }

  static Path testClasses() {
    return origin(LaunchParent.class);
  }

  /// {@return a jar with Tandem's own classes, and those of this package's tests}
  Path jar(String name, String... manifest) throws IOException {
    Path jar = home.resolve(name);
    Path text = Files.write(home.resolve("manifest"), List.of(manifest));
    String tests = PARENT.substring(0, PARENT.lastIndexOf('.')).replace('.', '/');
    tool(
        "jar",
        "--create",
        "--file",
        jar.toString(),
        "--manifest",
        text.toString(),
        "-C",
        classes().toString(),
        ".",
        "-C",
        testClasses().toString(),
        tests);
    return jar;
  }

  /// {@return the modules of this test run but for Tandem's own, each in a jar}
  String otherJars() throws IOException {
    List<String> jars = new ArrayList<>();
    for (Path module : otherModules()) {
      if (Files.isDirectory(module)) {
        Path jar = home.resolve("library-" + jars.size() + ".jar");
        tool("jar", "--create", "--file", jar.toString(), "-C", module.toString(), ".");
        jars.add(jar.toString());
      } else {
        jars.add(module.toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  /// {@return where the modules of this test run are, but for Tandem's own}
  static List<Path> otherModules() {
    assumeThat(Launcher.class.getModule().isNamed()).isTrue();
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(m -> !m.name().equals(Launcher.class.getModule().getName()))
        .flatMap(m -> m.reference().location().stream())
        .filter(uri -> uri.getScheme().equals("file"))
        .map(Path::of)
        .toList();
  }

  static void tool(String name, String... arguments) {
    int exit = ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments);
    Assertions.assertEquals(0, exit, name);
  }

  /// Starts `java` in the program's home with these arguments.
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  static String path(Object... entries) {
    List<String> all = new ArrayList<>();
    for (Object e : entries) {
      all.add(e.toString());
    }
    return String.join(File.pathSeparator, all);
  }
}
