package dev.tandem.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.benchmarks.SweepResult.Measured;
import dev.tandem.benchmarks.plots.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final List<String> GROUPS = List.of("channels", "codec");
  private static final Machine MACHINE = new Machine("model", 2, 8, "Linux 6", "JDK", null);

  @TempDir Path root;

  private ReportPlaces places;

  @BeforeEach
  void pagesWithRegions() throws Exception {
    places = ReportPlaces.kept(root);
    Files.createDirectories(places.guide());
    Files.createDirectories(places.notes());
    for (String page : List.of("performance.md", "processes.md", "sharing.md")) {
      Files.writeString(
          places.page(page),
          """
          # Performance
          <!-- figures: written by docs/benchmarks/run report -->
          old
          <!-- end of figures -->
          after
          """);
    }
  }

  @Test
  void countsGoalsAndNamesThoseThatAreMissed() throws Exception {
    channels(List.of());

    assertThat(report())
        .contains("**1 of 2 goals are met, 1 missed.**")
        .contains("| channels | slow: ns | a peer | <= 1.5 | 2.000 | 33 % | 0 % |")
        .contains("2 x model, 8.0 GB, Linux 6, JDK JDK, no Python")
        .contains("| channels | quick, 2 forks | 2026-01-02 03:04 | 1.5 | 0.2 | abc | 1 | 1 |");
  }

  @Test
  void saysWhatDidNotRun() throws Exception {
    channels(List.of("fast: ns"));

    assertThat(report())
        .contains("- `channels`: fast: ns")
        .contains("- `codec`: has not been run")
        .contains("## Group `codec`\n\nHas not been run.")
        .contains("## Plots\n\nHave not been run.");
  }

  @Test
  void linksToThePlotsAndTheNotes() throws Exception {
    channels(List.of());
    Files.writeString(places.notes().resolve("channels.md"), "why");
    sweep();

    assertThat(report())
        .contains("](results/channels.md)")
        .contains("](../../pools/src/main/java/dev/tandem/doc-files/performance-costs.svg)")
        .contains("| 10 | 5.000 |");
    assertThat(places.guide().resolve("performance-costs.svg")).isNotEmptyFile();
  }

  @Test
  void writesTheRegionOfThePageAndNothingElseThere() throws Exception {
    channels(List.of());
    sweep();
    report();

    assertThat(Files.readString(places.page("performance.md")))
        .startsWith("# Performance\n<!-- figures")
        .endsWith("<!-- end of figures -->\nafter\n")
        .contains("| Tandem | about 5 µs | 2.00 times as fast |")
        .doesNotContain("old");
  }

  private String report() throws Exception {
    Report.write(places, GROUPS);
    return Files.readString(places.report());
  }

  private void channels(List<String> failed) throws Exception {
    var fast = new Measure("fast: ns", "a peer", Goal.atMost(1.5));
    var slow = new Measure("slow: ns", "a peer", Goal.atMost(1.5));
    places
        .results()
        .write(
            "channels",
            List.of(
                Row.of(fast, List.of(1.0, 1.0), List.of(1.0, 1.0)),
                Row.of(slow, List.of(2.0, 2.0), List.of(1.0, 1.0))),
            new RunInfo("quick", 2, "2026-01-02T03:04Z", 90L, 0.2, "abc", MACHINE, failed));
  }

  private void sweep() throws Exception {
    var points = List.of(new Point(1, 4, 4, 4), new Point(10, 5, 5, 5));
    places
        .results()
        .write(
            Results.PLOTS,
            List.of(
                new SweepResult(Sweeps.COSTS, List.of(new Measured("", "Tandem", true, points)))),
            new RunInfo("full", 5, "2026-01-02T03:04Z", 90L, null, null, MACHINE, List.of()));
  }
}
