package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The JDK's compiler, as a process: the module under test does not read `java.compiler`.
final class Javac {
  private Javac() {}

  static void compile(Path classes, Path... sources) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.add("-d");
    command.add(classes.toString());
    for (Path source : sources) {
      command.add(source.toString());
    }
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(command + " exited with " + exit);
    }
  }
}
