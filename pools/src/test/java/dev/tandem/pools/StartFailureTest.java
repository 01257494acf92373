package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Throwables;
import dev.tandem.Tandem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Rows 18 and 19: workers cannot even start, or are not what they should be.
class StartFailureTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void unknownJvmFlagIsReportedWithWhatTheJvmSaid() {
    assertThat(failureOf("-XX:+NoSuchFlag")).contains("NoSuchFlag");
  }

  @Test
  void heapThatTheMachineDoesNotHaveIsReportedWithWhatTheJvmSaid() {
    assertThat(failureOf("-Xms1000000g")).containsAnyOf("heap", "memory", "-Xms");
  }

  @Test
  void anotherClassPathCannotBeAskedFor() {
    assertThat(failureOf("-cp", directory.toString())).contains("-cp").contains("class path");
  }

  /// {@return what a pool says whose workers have these arguments, which keep them from starting}
  private String failureOf(String... jvmArguments) {
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(() -> {
          ProcessPool pool = probe.openBroken(2, cf -> cf.withJvmArguments(jvmArguments));
          Future<Integer> future = probe.watch(pool.submit(() -> 1));
          future.get(40, TimeUnit.SECONDS);
        });
    System.out.println(
        "row 18: open to failure: %d ms".formatted((System.nanoTime() - start) / 1_000_000));
    assertThat(thrown)
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(PoolStartException.class),
            e -> assertThat(e).hasCauseInstanceOf(PoolStartException.class),
            e -> assertThat(e).isInstanceOf(IllegalArgumentException.class));
    return Throwables.getStackTraceAsString(thrown);
  }

  @Test
  void missingJavaIsReportedWithItsPath() throws Exception {
    assertThat(failureUnder(directory)).contains(directory.toString()).contains("java");
  }

  @Test
  void javaThatCannotRunTandemIsReportedWithWhatItSaid() throws Exception {
    fakeJava(
        "echo 'Error: this version of the Java Runtime only recognizes up to 61.0' >&2; exit 1");

    assertThat(failureUnder(directory)).contains("only recognizes up to 61.0");
  }

  @Test
  void javaThatHangsIsGivenUp() throws Exception {
    fakeJava("echo 'still here' >&2; exec sleep 1000");

    assertThat(failureUnder(directory, 500)).contains("still here");
  }

  @Test
  void olderJavaIsReported() throws Exception {
    Optional<Path> older = olderJava();
    assumeTrue(older.isPresent(), "no older JDK beside this one");
    fakeJava("exec " + older.get() + "/bin/java \"$@\"");

    assertThat(failureUnder(directory)).contains("PoolStartException");
  }

  @Test
  void workerWithAnotherClassPathIsRefusedAtItsHandshake() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    fakeJava(
        """
        for argument; do
          case "$argument" in
            @*) sed 's#%s#%s#g' "${argument#@}" > '%s/changed.args'
                set -- "$@" '@%s/changed.args' ;;
            *) set -- "$@" "$argument" ;;
          esac
          shift
        done
        exec '%s/bin/java' "$@"
        """
            .formatted(
                ChildJvm.testClasses(),
                elsewhere,
                directory,
                directory,
                System.getProperty("java.home")));

    assertThat(failureUnder(directory)).contains(ChildJvm.testClasses());
  }

  /// Any `Error` will do; a jar that is missing makes one.
  @Test
  void errorWhileAPoolIsMadeLeavesNothingOpen() throws Exception {
    List<String> classPath =
        ChildJvm.classPath().stream().filter(entry -> !entry.contains("jctools-core-4")).toList();
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + ProcessPoolProbe.SOCKETS + "=" + probe.sockets(),
                "-D" + ProcessPoolProbe.PAGES + "=" + probe.pages(),
                "-cp",
                String.join(File.pathSeparator, classPath),
                Incomplete.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines = child.inputReader().readAllLines();

    assertThat(lines).contains("errors 5", "left 0 more");
    assertThat(ProcessPoolProbe.files(probe.sockets())).isEmpty();
    assertThat(ProcessPoolProbe.files(probe.pages())).isEmpty();
  }

  /// Tries to make pools without all that they need.
  static final class Incomplete {
    public static void main(String[] args) {
      int errors = 0;
      long before = 0;
      for (int i = 0; i < 5; i++) {
        try {
          Tandem.newProcessPool(1).close();
        } catch (Throwable _) {
          errors++;
        }
        before = before == 0 ? openFiles() : before;
      }
      System.out.println("errors " + errors);
      System.out.println("left " + (openFiles() - before) + " more");
    }

    private static long openFiles() {
      String[] open = new File("/proc/self/fd").list();
      return open == null ? 1 : open.length;
    }
  }

  private static Optional<Path> olderJava() throws IOException {
    Path jdks = Path.of(System.getProperty("java.home")).getParent();
    try (Stream<Path> found = Files.list(jdks)) {
      return found
          .filter(jdk -> jdk.getFileName().toString().matches(".*\\b(17|21)\\b.*"))
          .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
          .findFirst();
    }
  }

  private void fakeJava(String script) throws IOException {
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// {@return what a JVM says that takes its home to be there}
  private String failureUnder(Path javaHome) throws Exception {
    return failureUnder(javaHome, 30_000);
  }

  private String failureUnder(Path javaHome, long startMillis) throws Exception {
    try (ChildJvm child =
        ChildJvm.Start.PLAIN
            .in(probe)
            .run(Homeless.class, javaHome.toString(), Long.toString(startMillis))) {
      String failure = child.told("failed");
      System.out.println("row 18: " + child.told("after"));
      assertThat(failure).contains("PoolStartException");
      assertThat(child.exitCode()).isZero();
      return failure;
    }
  }

  /// Believes that its JDK is somewhere else.
  static final class Homeless {
    public static void main(String[] args) throws Exception {
      new SecureRandom().nextInt(); // what the JDK itself needs from its home
      LoggerFactory.getLogger(Homeless.class).info("leaving {}", System.getProperty("java.home"));
      System.setProperty("java.home", args[0]);
      long start = System.nanoTime();
      Duration limit = Duration.ofMillis(Long.parseLong(args[1]));
      try (ProcessPool pool = Tandem.newProcessPool(2, cf -> cf.withStartTimeout(limit))) {
        System.out.println("works " + pool.submit(() -> 1).get());
      } catch (Exception e) {
        System.out.println("failed " + Throwables.getStackTraceAsString(e).replace('\n', ' '));
      }
      System.out.println("after " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }
}
