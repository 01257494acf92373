package dev.tandem.benchmarks.plots;

import java.util.Locale;

/// The marks of points: curves differ in shape, not in colour alone.
final class SvgMarks {
  private static final int SHAPES = 4;

  private SvgMarks() {}

  static String mark(int index, double x, double y) {
    String type = "mark " + SvgStyle.curve(index);
    return switch (index % SHAPES) {
      case 0 -> format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.4\"/>", type, x, y);
      case 1 ->
          format(
              "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\"/>",
              type, x - 3, y - 3);
      case 2 -> path(type, x, y, "m0,-4.2 l4,7.2 h-8 z");
      default -> path(type, x, y, "m0,-4.4 l4.4,4.4 l-4.4,4.4 l-4.4,-4.4 z");
    };
  }

  private static String path(String type, double x, double y, String shape) {
    return format("<path class=\"%s\" d=\"M%.1f,%.1f %s\"/>", type, x, y, shape);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
