package dev.tandem.benchmarks;

import java.nio.file.Path;

/// Where a report reads and writes.
///
/// @param results the JSON files it is written from
/// @param report the file
/// @param plots the folder of the plots
/// @param page a page of the guide, of which a region is written
/// @param notes the folder with what people say about a group, in `GROUP.md`
record ReportPlaces(Results results, Path report, Path plots, Path page, Path notes) {
  private static final String REPORT = "RESULTS.md";
  private static final String RESULTS = "results";
  private static final String GUIDE = "pools/src/main/java/dev/tandem/doc-files";
  private static final String PAGE = "performance.md";

  /// {@return those of a repository}
  static ReportPlaces kept(Path root) {
    Path benchmarks = root.resolve("docs/benchmarks");
    Path results = benchmarks.resolve(RESULTS);
    Path guide = root.resolve(GUIDE);
    return new ReportPlaces(
        new Results(results), benchmarks.resolve(REPORT), guide, guide.resolve(PAGE), results);
  }

  /// {@return others: a report of no value that everything goes into except for the repository}
  ///
  /// @param measured the JSON files
  static ReportPlaces aside(Results measured) {
    Path folder = measured.folder().resolve("report");
    return new ReportPlaces(
        measured, folder.resolve(REPORT), folder, folder.resolve(PAGE), Path.of(RESULTS));
  }

  /// {@return how the report refers to a file}
  String link(Path file) {
    Path from = report.toAbsolutePath().normalize().getParent();
    return from.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }
}
