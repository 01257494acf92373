package dev.tandem.benchmarks.plots;

import java.util.List;
import java.util.stream.DoubleStream;

/// Draws a plot. The same plot always gives the same bytes.
///
/// A library draws more than this, and as paths with a fixed colour each: no style sheet, so
/// nothing that follows a dark page, and text that is no text.
public final class SvgWriter {
  private static final int WIDTH = 760;

  private SvgWriter() {}

  public static String svg(Plot plot) {
    List<Panel> panels = plot.panels();
    int legends = panels.stream().mapToInt(panel -> panel.curves().size()).max().orElse(0);
    double height = SvgPanel.height(legends);
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$.0f" width="%1$d" \
        height="%2$.0f" role="img" font-family="Arial, Helvetica, DejaVu Sans, sans-serif" \
        font-size="13">
        """
            .formatted(WIDTH, height));
    svg.append("  <title>").append(plot.title()).append("</title>\n").append(SvgStyle.sheet());
    svg.append("  <text x=\"8\" y=\"16\" font-weight=\"bold\" font-size=\"14\">")
        .append(plot.title())
        .append("</text>\n");
    List<String> names =
        panels.stream().flatMap(p -> p.curves().stream()).map(Curve::name).distinct().toList();
    double width = (double) WIDTH / panels.size();
    for (int i = 0; i < panels.size(); i++) {
      Panel panel = panels.get(i);
      LogScale y =
          LogScale.around(
              panels.stream()
                  .filter(each -> each.yLabel().equals(panel.yLabel()))
                  .flatMapToDouble(SvgWriter::values)
                  .toArray());
      new SvgPanel(svg, panel, names, y, i * width, width).draw();
    }
    return svg.append("</svg>\n").toString();
  }

  // panels with one unit share their axis, so that they can be compared
  private static DoubleStream values(Panel panel) {
    return DoubleStream.concat(
        panel.levels().stream().mapToDouble(Tick::value),
        panel.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .flatMapToDouble(point -> DoubleStream.of(point.low(), point.high())));
  }
}
