package dev.tandem.pools.internal.process.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.internal.process.fleet.WorkerEnd.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is said of a worker that is gone.
class PostMortemTest {
  private static final List<String> CRASH =
      List.of("# A fatal error", "#  SIGSEGV (0xb) at pc=0x1, pid=7", "# Problematic frame:");

  @TempDir Path directory;
  private Path report;

  @BeforeEach
  void name() {
    report = directory.resolve("hs_err.log");
  }

  private WorkerCrashedException examine(
      Stage stage, int code, boolean orderly, WorkerEnd.@Nullable Kill kill, String... output)
      throws IOException {
    UserPrincipal owner = Files.getOwner(directory);
    return PostMortem.examine(
        new WorkerEnd(
            "pool",
            1,
            4_000_000_000L,
            stage,
            null,
            code,
            orderly,
            kill,
            0,
            owner,
            report,
            Instant.now().minusSeconds(60),
            List.of(output),
            List.of()));
  }

  @Test
  void noTaskIsBlamedForAWorkerThatRanNone() throws Exception {
    assertThat(examine(Stage.STARTING, 1, false, null))
        .hasMessageContaining("exited with code 1 before it was ready")
        .hasMessageNotContaining("task");
    assertThat(examine(Stage.IDLE, 4, false, null)).hasMessageContaining("while it ran no task");
    assertThat(examine(Stage.RUNNING, 4, false, null)).hasMessageContaining("Runtime.halt");
  }

  @Test
  void exitCodeOfOursIsNotATasks() throws Exception {
    WorkerCrashedException crash = examine(Stage.IDLE, 68, false, null);

    assertThat(crash.kind()).isEqualTo(Kind.LOST);
    assertThat(crash).hasMessageContaining("ended itself");
  }

  @Test
  void exitThatDidNotEndHasNoCode() throws Exception {
    for (WorkerCrashedException crash :
        List.of(
            examine(Stage.RUNNING, 69, true, null),
            examine(Stage.RUNNING, 137, true, new WorkerEnd.Kill(Kind.EXITED, "")))) {
      assertThat(crash.kind()).isEqualTo(Kind.EXITED);
      assertThat(crash.exitCode()).isEqualTo(-1);
      assertThat(crash).hasMessageContaining("its exit code is not known");
    }
  }

  @Test
  void limitOfAHeapThatOnlyJvmArgumentsSayIsNotInvented() throws Exception {
    WorkerCrashedException crash =
        examine(
            Stage.RUNNING,
            3,
            false,
            null,
            "Terminating due to java.lang.OutOfMemoryError: Java heap space");

    assertThat(crash.kind()).isEqualTo(Kind.OUT_OF_MEMORY);
    assertThat(crash).hasMessageContaining("withJvmArguments").hasMessageNotContaining("0 bytes");
  }

  @Test
  void reportOfItsOwnIsReadAndRemoved() throws Exception {
    Files.write(report, CRASH);

    assertThat(examine(Stage.RUNNING, 1, false, null).kind()).isEqualTo(Kind.NATIVE_CRASH);
    assertThat(report).doesNotExist();
  }

  /// Files that are not what they seem.
  enum Forged {
    SYMBOLIC_LINK,
    HARD_LINK,
    DIRECTORY,
    OTHERS_FILE
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotItsReportIsLeftAlone(Forged forged) throws Exception {
    Path secret = Files.write(directory.resolve("secret"), CRASH);
    switch (forged) {
      case SYMBOLIC_LINK -> Files.createSymbolicLink(report, secret);
      case HARD_LINK -> Files.createLink(report, secret);
      case DIRECTORY -> Files.createDirectory(report);
      case OTHERS_FILE -> {
        Files.write(report, CRASH);
        Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-rw-rw-"));
        Process chown =
            new ProcessBuilder("chown", "54321", report.toString())
                .redirectErrorStream(true)
                .start();
        assumeTrue(chown.waitFor() == 0, "no file can be given to somebody else");
      }
    }

    WorkerCrashedException crash = examine(Stage.RUNNING, 137, false, null);

    assertThat(crash.kind()).isEqualTo(Kind.KILLED);
    assertThat(crash).hasMessageNotContaining("SIGSEGV");
    assertThat(report).exists();
    assertThat(secret).exists();
  }
}
