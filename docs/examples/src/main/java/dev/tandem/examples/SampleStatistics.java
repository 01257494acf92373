package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.examples.showcase.Fourier;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Statistics over ten million samples that would be too many to send at once: they go to the
/// processes in chunks, each with its spectrum and its numbers coming back, and no more chunks are
/// on their way than a buffer allows.
///
/// A chunk is half a megabyte, an array of `double`s, which takes less time to send than its
/// Fourier transform takes to compute. If it did not, threads would be better: they send nothing.
final class SampleStatistics {
  /// How many samples a chunk has.
  static final int CHUNK = 1 << 16;

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private SampleStatistics() {}

  /// What is told about a chunk.
  ///
  /// @param mean the mean of its samples
  /// @param deviation their standard deviation
  /// @param peak the strongest frequency, in cycles per chunk
  record Statistics(double mean, double deviation, int peak) {}

  /// Stands for a recording: a wave that gets faster from chunk to chunk, and noise.
  private static double[] record(int chunk) {
    double[] samples = new double[CHUNK];
    double step = 2 * Math.PI * frequency(chunk) / CHUNK;
    long noise = chunk + 1L;
    for (int i = 0; i < CHUNK; i++) {
      noise = noise * 6364136223846793005L + 1442695040888963407L;
      samples[i] = Math.sin(i * step) + (noise >> 40) * 0x1p-24;
    }
    return samples;
  }

  static int frequency(int chunk) {
    return 100 + 10 * chunk;
  }

  private static Statistics analyse(double[] samples) {
    double sum = 0;
    double squares = 0;
    for (double sample : samples) {
      sum += sample;
      squares += sample * sample;
    }
    double mean = sum / samples.length;
    double deviation = Math.sqrt(squares / samples.length - mean * mean);
    return new Statistics(mean, deviation, Fourier.peak(samples));
  }

  private static Iterator<double[]> recording(int chunks) {
    return IntStream.range(0, chunks).mapToObj(SampleStatistics::record).iterator();
  }

  static List<Statistics> sequential(int chunks) {
    Stream<Integer> all = IntStream.range(0, chunks).boxed();
    return all.map(SampleStatistics::record).map(SampleStatistics::analyse).toList();
  }

  static List<Statistics> processes(int chunks) {
    try (var pool = Tandem.newProcessPool(CORES)) {
      return pool.map(
              () -> recording(chunks),
              SampleStatistics::analyse,
              cf -> cf.withBuffer(2 * CORES).withChunkSize(1)) // few megabytes on their way
          .toList();
    }
  }

  static void main() throws Exception {
    int chunks = 10_000_000 / CHUNK;
    Timed.print("sequential", () -> sequential(chunks).getLast());
    Timed.print("processes", () -> processes(chunks).getLast());
  }
}
