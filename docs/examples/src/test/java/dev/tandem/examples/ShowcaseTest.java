package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.chat.Crowd;
import dev.tandem.examples.cluster.Nodes;
import dev.tandem.examples.showcase.Program;
import dev.tandem.examples.site.LoopbackSite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowcaseTest {
  @TempDir private Path directory;

  @Test
  void endsWellWhenAllResultsAreRight() throws Exception {
    assertThat(Showcase.run(List.of(program(() -> 42)), directory.resolve("chart.png"))).isZero();
  }

  @Test
  void endsWithAnErrorWhenOneResultIsWrong() throws Exception {
    List<Program<?>> programs = List.of(program(() -> 42), program(() -> 41));
    assertThat(Showcase.run(programs, directory.resolve("chart.png"))).isEqualTo(1);
  }

  @Test
  void programsHaveNamesThatFitTheTable() throws Exception {
    try (var site = LoopbackSite.start();
        var crowd = Crowd.start();
        var noNodes = Nodes.start(0)) {
      assertThat(Programs.all(site, directory, crowd, 10, noNodes))
          .extracting(Program::name)
          .doesNotHaveDuplicates()
          .allSatisfy(name -> assertThat(name).hasSizeLessThan(26));
    }
  }

  private static Program<Integer> program(Callable<Integer> concurrent) {
    return new Program<>("program", () -> 42, concurrent, result -> "the answer is " + result);
  }
}
