package dev.tandem.examples.showcase;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;

/// The speed-ups as a bar chart.
public final class Chart {
  private static final Color BAR = new Color(0x2F6DB5);

  private Chart() {}

  /// Writes a PNG image with one bar for each correct row.
  ///
  /// @param rows the rows
  /// @param file where it goes; its directory is made if need be
  /// @throws IOException if it cannot be written
  public static void write(List<Row> rows, Path file) throws IOException {
    List<Row> bars = rows.stream().filter(Row::correct).toList();
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(1_100)
            .height(140 + 46 * bars.size())
            .title("The same work, concurrently: how many times faster")
            .build();
    var style = chart.getStyler();
    style
        .setLabelsVisible(true)
        .setLabelsPosition(0.96)
        .setLabelsFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
        .setAvailableSpaceFill(0.6)
        .setXAxisMin(0.0)
        .setYAxisTickMarkSpacingHint(10)
        .setXAxisTickMarkSpacingHint(10)
        .setXAxisTickLabelsFormattingFunction("%.1fx"::formatted) // the bars' labels too
        .setAxisTicksMarksVisible(false)
        .setAxisTicksLineVisible(false)
        .setXAxisTicksVisible(false)
        .setPlotGridLinesVisible(false)
        .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
        .setSeriesColors(new Color[] {BAR})
        .setLegendVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setPlotContentSize(0.97)
        .setChartPadding(16)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    chart.addSeries(
        "speed-up",
        bars.stream().map(Row::speedUp).toList(),
        bars.stream().map(Chart::label).toList());
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var out = Files.newOutputStream(file)) {
      ChartEncoder.saveChart(chart, out, "png");
    }
  }

  private static String label(Row row) {
    return "%s  (%s → %s)"
        .formatted(row.program(), Table.seconds(row.sequential()), Table.seconds(row.concurrent()));
  }
}
