package dev.tandem.benchmarks.plots;

import java.util.List;

/// The colours, for light pages and for dark ones: an SVG that is shown as an image sees what its
/// reader prefers, as the page does.
final class SvgStyle {
  /// A colour for light pages and its counterpart for dark ones.
  private record Shade(String light, String dark) {}

  private static final List<Shade> SHADES =
      List.of(
          new Shade("#1f6fb2", "#6db3f2"),
          new Shade("#c6651a", "#f0a35e"),
          new Shade("#2a8a57", "#6fcf97"),
          new Shade("#8a4fa8", "#c79be0"),
          new Shade("#b8323f", "#f28b93"),
          new Shade("#6b7683", "#a5afb9"),
          new Shade("#12818a", "#5fd0d8"),
          new Shade("#7a5a33", "#cfae83"));

  private SvgStyle() {}

  /// {@return the class of the lines and markers of a curve}
  static String curve(int index) {
    return "c" + index % SHADES.size();
  }

  static String sheet() {
    var sheet = new StringBuilder();
    sheet.append(
        """
          <style>
            text { fill: #1b2a38; }
            .small { font-size: 11px; fill: #4a5966; }
            .frame { fill: none; stroke: #8a98a5; }
            .grid { stroke: #8a98a5; stroke-opacity: 0.3; }
            .level { stroke: #4a5966; stroke-dasharray: 2 3; }
            .line { fill: none; stroke-width: 1.5; stroke-dasharray: 6 3; }
            .ours { fill: none; stroke-width: 2.8; }
            .spread { stroke-width: 1; stroke-opacity: 0.7; }
        """);
    for (int i = 0; i < SHADES.size(); i++) {
      colour(sheet, "    ", i, SHADES.get(i).light());
    }
    sheet.append(
        """
            @media (prefers-color-scheme: dark) {
              text { fill: #d7dbe0; }
              .small { fill: #a5afb9; }
              .frame, .grid { stroke: #6b7683; }
              .level { stroke: #a5afb9; }
        """);
    for (int i = 0; i < SHADES.size(); i++) {
      colour(sheet, "      ", i, SHADES.get(i).dark());
    }
    return sheet.append("    }\n  </style>\n").toString();
  }

  private static void colour(StringBuilder sheet, String indent, int index, String colour) {
    String type = curve(index);
    sheet.append("%s.%s { stroke: %s; }%n".formatted(indent, type, colour));
    sheet.append("%s.mark.%s { fill: %s; stroke: none; }%n".formatted(indent, type, colour));
  }
}
