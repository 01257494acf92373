package dev.tandem.examples;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.tandem.examples.chat.Crowd;
import dev.tandem.examples.chat.OpenFiles;
import dev.tandem.examples.cluster.Nodes;
import dev.tandem.examples.showcase.Chart;
import dev.tandem.examples.showcase.Program;
import dev.tandem.examples.showcase.Row;
import dev.tandem.examples.showcase.Runner;
import dev.tandem.examples.showcase.Table;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Runs every program one step after the other and concurrently, checks that both give the same
/// correct result, and shows what concurrency gained as a table and as a chart. Ends with status 1
/// if a result is wrong.
final class Showcase {
  private static final int PEOPLE = 10_000;

  private Showcase() {}

  static void main() throws Exception {
    System.out.println("Tandem: each program runs one step after the other, then concurrently.");
    Path downloads = Files.createTempDirectory("tandem-showcase");
    int status;
    try (var site = LoopbackSite.start();
        var crowd = Crowd.start();
        var nodes = Nodes.start(2)) {
      // or the programs that come first would pay for loading classes
      Gateway.concurrent(site);
      Scrape.concurrent(site.pages(10));
      Chat.allAtOnce(crowd, 10);
      nodes.client();
      int people = OpenFiles.connections(PEOPLE);
      List<Program<?>> programs = Programs.all(site, downloads, crowd, people, nodes);
      status = run(programs, Path.of("target", "showcase", "speed-up.png"));
    } finally {
      MoreFiles.deleteRecursively(downloads, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    System.exit(status);
  }

  /// {@return the exit status: 1 if a result is wrong}
  static int run(List<Program<?>> programs, Path chart) throws InterruptedException, IOException {
    List<Row> rows = Runner.run(programs);
    System.out.println();
    System.out.println(Table.of(rows));
    System.out.println();
    long wrong = rows.stream().filter(row -> !row.correct()).count();
    if (wrong > 0) {
      System.out.printf("%d of %d programs gave a WRONG result.%n", wrong, rows.size());
      return 1;
    }
    System.out.printf(
        "%d programs, all results right: %.1f s sequentially, %.1f s concurrently.%n",
        rows.size(), sum(rows, Row::sequential), sum(rows, Row::concurrent));
    drawChart(rows, chart);
    return 0;
  }

  private static double sum(List<Row> rows, Function<Row, Duration> column) {
    return rows.stream().map(column).reduce(Duration.ZERO, Duration::plus).toMillis() / 1e3;
  }

  private static void drawChart(List<Row> rows, Path file) throws IOException {
    try {
      Chart.write(rows, file);
      System.out.println("Chart: " + file.toAbsolutePath());
    } catch (RuntimeException | LinkageError | InternalError e) {
      // a bare container: Java cannot draw text where the system has no fonts
      System.err.println("No chart, because this system has no fonts (install fontconfig): " + e);
    }
  }
}
