package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachmentTest {
  @TempDir Path home;

  @Test
  void aStoppedWorkerDiesWithItsParent() throws Exception {
    assumeThat(Detachment.prefix()).isNotEmpty();
    Program program = new Program(home);
    Path jar = program.jar("all.jar");
    Process parent = program.start("-cp", jar.toString(), Program.PARENT, LaunchParent.POOL, "pid");
    String line = parent.inputReader().readLine();
    ProcessHandle worker =
        ProcessHandle.of(Long.parseLong(line.substring("pid=".length()))).orElseThrow();
    try {
      // once it has become java: setsid and setpriv have done their work
      Awaitility.await().until(() -> statOf(worker).contains("(java)"));
      Process stop = new ProcessBuilder("kill", "-STOP", "" + worker.pid()).start();
      assertThat(stop.waitFor()).isZero();
      // fields 5 and 6: the process group and the session are the worker's own
      assertThat(statOf(worker).split("\\) ", -1)[1].split(" ", -1))
          .satisfies(s -> assertThat(List.of(s[2], s[3])).containsOnly("" + worker.pid()));
      long start = System.nanoTime();

      parent.destroyForcibly();

      // until it is dead, not until somebody has asked for its exit code
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> isDead(worker));
      System.out.println(
          "stopped worker dead after "
              + Duration.ofNanos(System.nanoTime() - start).toMillis()
              + " ms");
    } finally {
      worker.destroyForcibly();
      parent.destroyForcibly();
    }
  }

  @Test
  void systemsWithoutTheToolsDoWithoutThem() throws Exception {
    assertThat(Detachment.prefix(List.of(home))).isEmpty();

    tool("setsid", "");
    assertThat(Detachment.prefix(List.of(home))).isEmpty();

    tool("setpriv", "busybox");
    assertThat(Detachment.prefix(List.of(home))).isEmpty();

    tool("setpriv", "--pdeathsig keep|clear|<signame>");
    assertThat(Detachment.prefix(List.of(home)))
        .containsExactly(
            home.resolve("setsid").toString(),
            home.resolve("setpriv").toString(),
            "--pdeathsig",
            "KILL");
  }

  private void tool(String name, String text) throws Exception {
    Path file = Files.writeString(home.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static boolean isDead(ProcessHandle process) throws Exception {
    try {
      return statOf(process).contains(") Z ");
    } catch (NoSuchFileException _) {
      return true;
    }
  }

  private static String statOf(ProcessHandle process) throws Exception {
    return Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
  }
}
