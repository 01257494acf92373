package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, for what needs flags or an end of its own. */
final class ChildJvm {
  private ChildJvm() {}

  /** Gives what this JVM's tests see. */
  static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Runs a JVM to its end and gives what it printed. */
  static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process jvm = builder.start();
    try {
      String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(jvm.waitFor()).as(printed).isZero();
      return printed.strip();
    } finally {
      jvm.destroyForcibly();
    }
  }
}
