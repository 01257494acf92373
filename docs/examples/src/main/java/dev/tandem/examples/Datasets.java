package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Datasets that take long to compute, several at once. Only their names and their summaries go
/// from one side to the other; each is made where it is worked on, as a file would be read there.
///
/// As many threads as processors are enough: Java's threads compute in parallel. Processes do it
/// just as well, and it costs their start.
final class Datasets {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int VALUES = 2_000_000;

  private Datasets() {}

  /// A dataset that has not been read yet.
  ///
  /// @param name its name
  /// @param seed stands for what is in its file
  record Dataset(String name, long seed) {
    double[] read() {
      return new SplittableRandom(seed).doubles(VALUES).toArray();
    }
  }

  /// What is told about a dataset.
  ///
  /// @param name of the dataset
  /// @param mean of its values
  /// @param median of its values
  /// @param top the value that one in a hundred exceeds
  record Summary(String name, double mean, double median, double top) {}

  static List<Dataset> datasets(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Dataset("dataset " + i, i)).toList();
  }

  static Summary summarize(Dataset dataset) {
    double[] values = dataset.read();
    double mean = Arrays.stream(values).average().orElseThrow();
    Arrays.sort(values);
    return new Summary(
        dataset.name(), mean, values[values.length / 2], values[values.length / 100 * 99]);
  }

  static List<Summary> sequential(List<Dataset> datasets) {
    return datasets.stream().map(Datasets::summarize).toList();
  }

  private static List<Summary> summaries(TaskExecutor executor, List<Dataset> datasets) {
    return executor.map(datasets, Datasets::summarize).toList();
  }

  static List<Summary> threads(List<Dataset> datasets) {
    try (var cpu = Tandem.newThreadPool(CORES)) {
      return summaries(cpu, datasets);
    }
  }

  static List<Summary> processes(List<Dataset> datasets) {
    try (var cpu = Tandem.newProcessPool(CORES)) {
      return summaries(cpu, datasets);
    }
  }

  static void main() throws Exception {
    List<Dataset> datasets = datasets(8);
    Timed.print("sequential", () -> sequential(datasets).getLast());
    Timed.print("threads", () -> threads(datasets).getLast());
    Timed.print("processes", () -> processes(datasets).getLast());
  }
}
