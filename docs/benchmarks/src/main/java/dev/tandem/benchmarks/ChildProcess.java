package dev.tandem.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process that prints lines and lives until its standard input is closed, so it ends with us
/// whatever becomes of us.
final class ChildProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ChildProcess start(List<String> command) throws IOException {
    return start(command, LONGEST);
  }

  static ChildProcess start(List<String> command, Duration longest) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    // one that hangs ends here, and a reader of its next line learns that there is none
    Thread.ofVirtual().start(() -> killAfter(process, longest));
    return new ChildProcess(process);
  }

  /// {@return the command that starts a class of ours on the JDK that this runs on}
  static List<String> java(Class<?> main, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    return command;
  }

  /// The class path of this JVM, with the jar of the benchmarks in place of the folder of their
  /// classes: an AOT cache, which the process pool has one of, takes classes from jars alone.
  private static String classPath() {
    String jar = System.getProperty("benchmarks.jar");
    String own = System.getProperty("java.class.path");
    return jar == null
        ? own
        : Stream.of(own.split(File.pathSeparator))
            .map(entry -> Path.of(entry).endsWith("benchmarks/target/classes") ? jar : entry)
            .collect(Collectors.joining(File.pathSeparator));
  }

  private static void killAfter(Process process, Duration longest) {
    try {
      if (!process.waitFor(longest)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("ended before it said anything: " + process.info().commandLine());
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
