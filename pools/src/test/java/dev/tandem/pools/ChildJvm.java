package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/// A second JVM that uses Tandem from the plain class path, so that a test can kill it, or start it
/// in ways in which the JVM of the tests was not. It tells the test what it does in lines on its
/// standard output.
final class ChildJvm implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Process process;
  private final Thread reader;

  private ChildJvm(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("child-" + process.pid()).start(this::read);
  }

  /// How such a JVM is started.
  ///
  /// @param before the start of the command line, before `java`
  /// @param environment is added to this JVM's
  /// @param jvmArguments are given to the JVM
  record Start(List<String> before, Map<String, String> environment, List<String> jvmArguments) {
    static final Start PLAIN = new Start(List.of(), Map.of(), List.of());

    static Start with(String... jvmArguments) {
      return new Start(List.of(), Map.of(), List.of(jvmArguments));
    }

    Start after(String... before) {
      return new Start(List.of(before), environment, jvmArguments);
    }

    /// Uses the same directories as the pools of the test.
    Start in(ProcessPoolProbe probe) {
      List<String> all = new ArrayList<>(jvmArguments);
      all.add("-D" + ProcessPoolProbe.SOCKETS + "=" + probe.sockets());
      all.add("-D" + ProcessPoolProbe.PAGES + "=" + probe.pages());
      return new Start(before, environment, all);
    }

    ChildJvm run(Class<?> main, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(jvmArguments);
      command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath()), main.getName()));
      command.addAll(Arrays.asList(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      return new ChildJvm(builder.start());
    }
  }

  /// {@return all that this JVM found on its module path and class path, and the tests}
  static Set<String> classPath() {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(testClasses());
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      entries.addAll(Arrays.asList(System.getProperty(property, "").split(File.pathSeparator)));
    }
    entries.remove("");
    return entries;
  }

  /// {@return the directory of the tests' own classes}
  static String testClasses() {
    String file = ChildJvm.class.getName().replace('.', '/') + ".class";
    try {
      URI found = ChildJvm.class.getResource("/" + file).toURI();
      return found.getPath().substring(0, found.getPath().length() - file.length() - 1);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    try (BufferedReader in = process.inputReader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("cannot be read: " + e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// {@return the rest of the line that starts so}
  String told(String start) {
    try {
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(45)) // it gives up its own waits before, and tells why
          .until(() -> lines.stream().anyMatch(line -> line.startsWith(start)));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "no line that starts with '%s'; it said %s, and does %s"
              .formatted(start, lines, process.isAlive() ? threads() : "nothing: it has ended"),
          e);
    }
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length())
        .strip();
  }

  /// {@return the stacks of its threads, asked for from outside: its own output may be what fails}
  private String threads() {
    try {
      Path tool = Path.of(System.getProperty("java.home"), "bin", "jstack");
      Process asked =
          new ProcessBuilder(tool.toString(), Long.toString(pid()))
              .redirectErrorStream(true)
              .start();
      var _ =
          asked
              .onExit()
              .completeOnTimeout(asked, 10, TimeUnit.SECONDS)
              .thenAccept(Process::destroy);
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "what cannot be seen: " + e;
    }
  }

  /// {@return the numbers that it told in the line that starts so}
  List<Long> toldPids(String start) {
    return Arrays.stream(told(start).split("\\D+"))
        .filter(s -> !s.isEmpty())
        .map(Long::valueOf)
        .toList();
  }

  List<String> lines() {
    return lines;
  }

  /// Waits until it has ended by itself.
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("has ended; it said %s", lines).isTrue();
    reader.join(Duration.ofSeconds(2)); // for the last lines
    return process.exitValue();
  }

  void kill() {
    Workers.kill(pid());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
