package dev.tandem.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the repository says about performance is what was measured. Where this fails:
/// `docs/benchmarks/run report --from-results`.
class KeptReportTest {
  private static final Path ROOT = Path.of("../..");
  private static final List<String> PAGES = List.of("performance.md", "processes.md", "sharing.md");

  private final ReportPlaces kept = ReportPlaces.kept(ROOT);

  @TempDir Path root;

  private ReportPlaces written;

  @BeforeEach
  void writeFromTheKeptResults() throws Exception {
    written = ReportPlaces.kept(root);
    for (Path folder : List.of(written.notes(), written.guide())) {
      Files.createDirectories(folder);
    }
    try (var results = Files.list(kept.notes())) {
      for (Path file : results.toList()) {
        Files.copy(file, written.notes().resolve(file.getFileName()));
      }
    }
    for (String page : PAGES) {
      Files.copy(kept.page(page), written.page(page));
    }
    Files.copy(kept.readme(), written.readme());
    Report.write(written, Groups.ALL.stream().map(Group::name).toList());
  }

  @Test
  void theReportIsWhatTheResultsGive() {
    assertThat(kept.report()).hasSameTextualContentAs(written.report());
  }

  @Test
  void thePagesOfTheGuideHaveTheFiguresOfTheResults() {
    for (String page : PAGES) {
      assertThat(kept.page(page)).hasSameTextualContentAs(written.page(page));
    }
  }

  @Test
  void theReadmeHasTheFiguresOfTheResults() {
    assertThat(kept.readme()).hasSameTextualContentAs(written.readme());
  }

  @Test
  void thePlotsAreThoseOfTheResults() throws IOException {
    for (SweepResult sweep : kept.results().sweeps().orElseThrow()) {
      String file = sweep.name() + ".svg";
      assertThat(kept.guide().resolve(file)).hasSameTextualContentAs(written.guide().resolve(file));
    }
  }
}
