package dev.tandem.benchmarks;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes rows, as JSON for programs and as a Markdown table for people.
final class Tables {
  private Tables() {}

  static void writeJson(List<Row> rows, Path file) throws IOException {
    var gson =
        new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
    Files.writeString(file, gson.toJson(rows) + "\n");
  }

  static String markdown(List<Row> rows) {
    var table =
        new StringBuilder(
            """
            | measure | Tandem | peer | against | ratio | goal | met | spread |
            |---|---:|---:|---|---:|---|---|---:|
            """);
    for (Row row : rows) {
      table.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  row.measure(),
                  number(row.ours()),
                  number(row.peer()),
                  row.peerName(),
                  row.ratio() == null ? "-" : format("%.3f", row.ratio()),
                  row.goal() == null ? "-" : row.goal(),
                  row.met() == null ? "-" : row.met() ? "yes" : "no",
                  row.spread() == null ? "-" : format("%.0f %%", row.spread() * 100)));
    }
    return table.toString();
  }

  /// Where the figures come from, for the head of a table.
  static String machine() {
    return "%d CPUs, %s %s, JDK %s (%s), %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            System.getProperty("java.vendor"),
            Python.VERSION.orElse("no Python"));
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return format(value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
