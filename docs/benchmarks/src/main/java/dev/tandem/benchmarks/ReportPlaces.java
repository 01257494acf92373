package dev.tandem.benchmarks;

import java.nio.file.Path;

/// Where a report reads and writes.
///
/// @param results the JSON files it is written from
/// @param report the file
/// @param guide the folder of the plots, and of the pages of which a region is written
/// @param readme the page that people see first, of which a region is written, too
/// @param notes the folder with what people say about a group, in `GROUP.md`
record ReportPlaces(Results results, Path report, Path guide, Path readme, Path notes) {
  private static final String REPORT = "RESULTS.md";
  private static final String README = "README.md";
  private static final String RESULTS = "results";
  private static final String GUIDE = "pools/src/main/java/dev/tandem/doc-files";

  /// {@return those of a repository}
  static ReportPlaces kept(Path root) {
    Path benchmarks = root.resolve("docs/benchmarks");
    Path results = benchmarks.resolve(RESULTS);
    return new ReportPlaces(
        new Results(results),
        benchmarks.resolve(REPORT),
        root.resolve(GUIDE),
        root.resolve(README),
        results);
  }

  /// {@return others: a report of no value that everything goes into except for the repository}
  ///
  /// @param measured the JSON files
  static ReportPlaces aside(Results measured) {
    Path folder = measured.folder().resolve("report");
    return new ReportPlaces(
        measured, folder.resolve(REPORT), folder, folder.resolve(README), Path.of(RESULTS));
  }

  Path page(String name) {
    return guide.resolve(name);
  }

  /// {@return how the report refers to a file}
  String link(Path file) {
    Path from = report.toAbsolutePath().normalize().getParent();
    return from.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }
}
