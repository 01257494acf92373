package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.ChildJvm.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A program that records nothing loads no class of events, and needs no module for it.
class UnrecordedProgramTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  private List<String> classesOf(String recorder, String... more) throws Exception {
    Path loaded = directory.resolve("loaded");
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("-Xlog:class+load:file=" + loaded + "::filecount=0");
    Start start = Start.with(arguments.toArray(String[]::new)).in(probe);
    try (ChildJvm program = start.run(UnrecordedProgram.class)) {
      assertThat(program.told("sum ")).isEqualTo("9");
      assertThat(program.told("recorder ")).isEqualTo(recorder);
      assertThat(program.exitCode()).isZero();
    }
    return Files.readAllLines(loaded);
  }

  @Test
  void loadsNoClassOfEvents() throws Exception {
    assertThat(classesOf("true"))
        .anyMatch(line -> line.contains("dev.tandem.structured.Scope ")) // it does tell classes
        .noneMatch(line -> line.contains(" jdk.jfr.Event ") || line.contains("TandemEvent "));
  }

  @Test
  void runsWithoutTheModuleOfFlightRecorder() throws Exception {
    assertThat(classesOf("false", "--limit-modules", "java.se"))
        .noneMatch(line -> line.contains("TandemEvent "));
  }
}
