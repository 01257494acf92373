package dev.tandem.benchmarks.plots;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Draws one panel: its grid, its curves and below them its legend.
final class SvgPanel {
  static final double PLOT_HEIGHT = 220;
  private static final double TOP = 62;
  private static final double LEFT = 50;
  private static final double RIGHT = 26;
  private static final double X_TICKS = 16;
  private static final double X_LABEL = 34;
  private static final double LEGEND = 58;
  private static final double LEGEND_LINE = 19;
  private static final double SAMPLE = 30;
  private static final double TEXT = 13;

  private final StringBuilder svg;
  private final Panel panel;
  private final List<String> names;
  private final double left;
  private final double width;
  private final LogScale x;
  private final LogScale y;

  /// @param names of all curves of the plot; the index of a name is its colour
  /// @param y the vertical axis, which panels may share
  SvgPanel(
      StringBuilder svg, Panel panel, List<String> names, LogScale y, double begin, double width) {
    this.svg = svg;
    this.panel = panel;
    this.names = names;
    this.left = begin + LEFT;
    this.width = width - LEFT - RIGHT;
    this.x = new LogScale(panel.xTicks().getFirst().value(), panel.xTicks().getLast().value());
    this.y = y;
  }

  static double height(int legends) {
    return TOP + PLOT_HEIGHT + LEGEND + legends * LEGEND_LINE;
  }

  void draw() {
    add("<text x=\"%.1f\" y=\"40\" font-weight=\"bold\">%s</text>", left, panel.title());
    add("<text class=\"small\" x=\"%.1f\" y=\"%.1f\">%s</text>", left, TOP - 7, panel.yLabel());
    grid();
    for (int i = 0; i < panel.curves().size(); i++) {
      curve(panel.curves().get(i));
      legend(panel.curves().get(i), TOP + PLOT_HEIGHT + LEGEND + i * LEGEND_LINE);
    }
  }

  private void grid() {
    for (Tick tick : y.ticks()) {
      horizontal("grid", tick.value());
      add(
          "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          left - 6, y(tick.value()) + 4, tick.text());
    }
    for (Tick tick : panel.xTicks()) {
      double at = x(tick.value());
      add(
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
          at, TOP, at, TOP + PLOT_HEIGHT);
      add(
          "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
          at, TOP + PLOT_HEIGHT + X_TICKS, tick.text());
    }
    add(
        "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
        left + width / 2, TOP + PLOT_HEIGHT + X_LABEL, panel.xLabel());
    add(
        "<rect class=\"frame\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        left, TOP, width, PLOT_HEIGHT);
    for (int i = 0; i < panel.levels().size(); i++) {
      level(panel.levels().get(i), i % 2 == 0);
    }
  }

  /// Its text is under the line, at one end: those of neighbours are not to touch each other.
  private void level(Tick level, boolean atRight) {
    horizontal("level", level.value());
    double at = y(level.value());
    add(
        "<text class=\"small\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        atRight ? left + width - 4 : left + 4,
        at + TEXT < TOP + PLOT_HEIGHT ? at + TEXT : at - 4,
        atRight ? "end" : "start",
        level.text());
  }

  private void horizontal(String type, double value) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        type, left, y(value), left + width, y(value));
  }

  private void curve(Curve curve) {
    int index = names.indexOf(curve.name());
    if (curve.points().isEmpty()) {
      return;
    }
    for (Point point : curve.points()) {
      add(
          "<line class=\"spread %s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
          SvgStyle.curve(index), x(point.x()), y(point.low()), x(point.x()), y(point.high()));
    }
    String points =
        curve.points().stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.x()), y(point.y())))
            .collect(Collectors.joining(" "));
    add("<polyline class=\"%s\" points=\"%s\"/>", line(curve), points);
    curve.points().forEach(point -> line(SvgMarks.mark(index, x(point.x()), y(point.y()))));
  }

  private void legend(Curve curve, double at) {
    double begin = left - LEFT / 2;
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        line(curve), begin, at, begin + SAMPLE, at);
    line(SvgMarks.mark(names.indexOf(curve.name()), begin + SAMPLE / 2, at));
    add(
        "<text font-size=\"12\" x=\"%.1f\" y=\"%.1f\">%s%s</text>",
        begin + SAMPLE + 8, at + 4, curve.name(), curve.points().isEmpty() ? " (did not run)" : "");
  }

  private String line(Curve curve) {
    return (curve.ours() ? "ours " : "line ") + SvgStyle.curve(names.indexOf(curve.name()));
  }

  private double x(double value) {
    return left + width * x.position(value);
  }

  private double y(double value) {
    return TOP + PLOT_HEIGHT * (1 - y.position(value));
  }

  private void add(String pattern, Object... arguments) {
    line(String.format(Locale.ROOT, pattern, arguments));
  }

  private void line(String element) {
    svg.append("  ").append(element).append('\n');
  }
}
