package dev.tandem.benchmarks;

import dev.tandem.benchmarks.plots.Plot;
import dev.tandem.benchmarks.plots.SvgWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes all that is written from JSON files: the report, the plots, and the figures of the
/// guide's pages. The same files always give the same bytes.
final class Report {
  private final ReportPlaces places;
  private final List<String> groups;
  private final StringBuilder text = new StringBuilder();

  private Report(ReportPlaces places, List<String> groups) {
    this.places = places;
    this.groups = groups;
  }

  /// @param groups the names of all that there are
  static void write(ReportPlaces places, List<String> groups) throws IOException {
    new Report(places, groups).write();
  }

  private void write() throws IOException {
    Files.createDirectories(places.guide());
    List<SweepResult> sweeps = places.results().sweeps().orElse(List.of());
    for (SweepResult sweep : sweeps) {
      Plot plot = SweepPlots.plot(sweep);
      Files.writeString(file(plot), SvgWriter.svg(plot));
    }
    text.append(
        """
        # Benchmark report

        Written by `docs/benchmarks/run report` from the files in `results/`; nothing here is
        written by hand. [How it measures, and what the columns mean](README.md).

        """);
    new ReportSummary(places.results(), groups).appendTo(text);
    for (String group : groups) {
      group(group);
    }
    plots(sweeps);
    Files.writeString(places.report(), text);
    Results results = places.results();
    PageRegion.write(places.page("performance.md"), GuideFigures.text(results));
    PageRegion.write(places.page("processes.md"), ProcessFigures.TABLE.text(results));
    PageRegion.write(places.page("sharing.md"), SharingFigures.TABLE.text(results));
    PageRegion.write(places.readme(), GuideFigures.chosen(results));
  }

  private Path file(Plot plot) {
    return places.guide().resolve(plot.name() + ".svg");
  }

  private void group(String group) throws IOException {
    text.append("## Group `%s`%n%n".formatted(group));
    Optional<List<Row>> rows = places.results().rows(group);
    if (rows.isEmpty()) {
      text.append("Has not been run.\n\n");
      return;
    }
    text.append(Tables.markdown(rows.get())).append('\n');
    Path notes = places.notes().resolve(group + ".md");
    if (Files.exists(notes)) {
      text.append(
          "[What is behind these figures](%s), and why some miss their goals.%n%n"
              .formatted(places.link(notes)));
    }
  }

  private void plots(List<SweepResult> sweeps) {
    text.append("## Plots\n\n");
    if (sweeps.isEmpty()) {
      text.append("Have not been run.\n");
      return;
    }
    text.append(
        """
        A point is the median of the forks; the thin vertical line goes from the lowest to the
        highest. Ours are thick, the peers' are dashed. All axes are logarithmic.
        """);
    for (SweepResult sweep : sweeps) {
      Plot plot = SweepPlots.plot(sweep);
      text.append("%n### %s%n%n".formatted(plot.title()));
      text.append("![%s](%s)%n".formatted(plot.title(), places.link(file(plot))));
      List<String> tables = new ArrayList<>();
      plot.panels().forEach(panel -> tables.add(Tables.markdown(panel)));
      tables.forEach(table -> text.append('\n').append(table));
    }
  }
}
