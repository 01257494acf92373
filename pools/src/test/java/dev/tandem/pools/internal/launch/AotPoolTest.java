package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pools that make their own AOT cache.
class AotPoolTest {
  private static final String WORKER = "dev.tandem.pools.internal.worker.TaskLoop source: ";

  @TempDir Path home;
  private Program program;
  private String jars;

  @BeforeEach
  void createProgram() throws Exception {
    program = new Program(home);
    program.environment.put(
        "JDK_JAVA_OPTIONS", "-Dtandem.socket.directory=" + home.resolve("pool"));
    jars = Program.path(program.jar("tandem.jar"), program.otherJars());
  }

  @Test
  void aPoolMakesTheCacheAndTheNextOneUsesIt() throws Exception {
    assertThat(run("wait")).contains("answer=43");
    assertThat(filesOf("worker.aot")).containsOnly("worker.aot", "worker.aot.id");
    assertThat(filesOf("loaded-")).isNotEmpty();
    removeLogs();

    assertThat(run()).contains("answer=42");

    List<String> logs = filesOf("loaded-");
    assertThat(logs).as("one worker, and none to be trained").hasSize(1);
    assertThat(Files.readString(home.resolve(logs.getFirst())))
        .contains(WORKER + "shared objects file");
  }

  @Test
  void aPoolThatIsClosedGivesUpTheTraining() throws Exception {
    long start = System.nanoTime();
    assertThat(run()).contains("answer=42");
    System.out.println("short pool: " + (System.nanoTime() - start) / 1_000_000 + " ms");

    assertThat(filesOf("worker.aot")).isEmpty();
    try (var left = Files.list(home.resolve("pool"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void twoProgramsThatMakeTheSameCacheLeaveOneThatWorks() throws Exception {
    Process first = start("wait");
    Process second = start("wait");
    assertThat(outputOf(first)).contains("answer=43");
    assertThat(outputOf(second)).contains("answer=43");
    removeLogs();

    assertThat(run()).contains("answer=42");

    assertThat(Files.readString(home.resolve(filesOf("loaded-").getFirst())))
        .contains(WORKER + "shared objects file");
  }

  private Process start(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("-cp", jars, AotPoolProgram.class.getName()));
    command.add(home.resolve("worker.aot").toString());
    command.addAll(List.of(more));
    return program.start(command.toArray(new String[0]));
  }

  private String run(String... more) throws Exception {
    return outputOf(start(more));
  }

  private static String outputOf(Process process) throws Exception {
    process.getOutputStream().close();
    var errors = process.errorReader(StandardCharsets.UTF_8).readAllAsString();
    String out = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
    assertThat(process.waitFor()).as("%s %s", out, errors).isZero();
    return out + errors;
  }

  private void removeLogs() throws Exception {
    for (String log : filesOf("loaded-")) {
      Files.delete(home.resolve(log));
    }
  }

  private List<String> filesOf(String prefix) throws IOException {
    try (var files = Files.list(home)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith(prefix)).toList();
    }
  }
}
