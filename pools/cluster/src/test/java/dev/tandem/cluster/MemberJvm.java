package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A JVM that is a member of a cluster, so that a test can kill, stop or starve it.
final class MemberJvm implements AutoCloseable {
  private static final String READY = "ready ";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Process process;
  private final Thread reader;

  /// A [ClusterNode] that ends with the JVM that has started it, however that ends.
  static final class Main {
    public static void main(String[] args) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              while (System.in.read() >= 0) {}
            } catch (IOException e) {
              System.err.println(e);
            }
            Runtime.getRuntime().halt(1);
          });
      ClusterNode.main(args);
    }
  }

  private MemberJvm(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("member-" + process.pid()).start(this::read);
  }

  /// How such a JVM is started.
  ///
  /// @param before the start of the command line, before `java`
  /// @param main the main class
  /// @param flags are given to the JVM, beside those of all members
  /// @param classPath the entries of this JVM's class path that it has, too
  record Start(List<String> before, String main, List<String> flags, Predicate<String> classPath) {
    static final Start PLAIN = new Start(List.of(), Main.class.getName(), List.of(), _ -> true);

    Start main(Class<?> main) {
      return new Start(before, main.getName(), flags, classPath);
    }

    Start after(String... before) {
      return new Start(List.of(before), main, flags, classPath);
    }

    Start with(String... flags) {
      return new Start(before, main, List.of(flags), classPath);
    }

    /// Leaves out entries of the class path.
    Start without(Predicate<String> entry) {
      return new Start(before, main, flags, entry.negate());
    }

    MemberJvm run(List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(
          List.of(
              "--sun-misc-unsafe-memory-access=allow",
              "--add-modules=java.se",
              "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
              "--add-opens=java.base/java.lang=ALL-UNNAMED",
              "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
              "--add-opens=java.management/sun.management=ALL-UNNAMED",
              "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
              "-Dhazelcast.wait.seconds.before.join=0"));
      command.addAll(flags);
      List<String> path = entries().stream().filter(classPath).toList();
      command.addAll(List.of("-cp", String.join(File.pathSeparator, path), main));
      command.addAll(arguments);
      return new MemberJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }
  }

  /// {@return all that this JVM found on its module path and class path, and the tests}
  private static Set<String> entries() {
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
    String file = MemberJvm.class.getName().replace('.', '/') + ".class";
    try {
      URI found = MemberJvm.class.getResource("/" + file).toURI();
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

  boolean wasReady() {
    return find(READY) != null;
  }

  /// {@return where it listens} Waits until it does.
  String address() {
    return told(READY);
  }

  /// {@return the rest of the line that starts so} Waits for it.
  String told(String start) {
    await()
        .alias("a line that starts with '" + start + "'")
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(50))
        .until(() -> find(start) != null || !process.isAlive());
    String line = find(start);
    assertThat(line).as("'%s', of %s", start, lines).isNotNull();
    return line.substring(start.length()).strip();
  }

  /// Waits until it has printed this.
  void awaitText(String text) {
    await()
        .alias("'" + text + "'")
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(50))
        .until(() -> lines.stream().anyMatch(line -> line.contains(text)));
  }

  private String find(String start) {
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElse(null);
  }

  /// Writes a line to its standard input.
  void tell(String line) throws IOException {
    BufferedWriter out = process.outputWriter();
    out.write(line);
    out.newLine();
    out.flush();
  }

  /// {@return what it has printed}
  List<String> lines() {
    return lines;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Sends a signal, such as "STOP".
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -s %s", name).isZero();
  }

  /// Waits until it has ended by itself.
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("has ended; it said %s", lines).isTrue();
    reader.join(Duration.ofSeconds(2)); // for the last lines
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
