package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;

/// The same sums one after the other, on threads, and in processes. The line that does it is the
/// same for both, and for [a cluster][ClusterSums]: [#sums(TaskExecutor, List)].
///
/// Java's threads compute in parallel, so for such work processes gain nothing over threads and
/// cost their start. They are for work that crashes, leaks, or cannot be stopped.
final class SumOfSquares {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private SumOfSquares() {}

  static long sum(long n) {
    long sum = 0;
    for (long i = 0; i < n; i++) {
      sum += i * i;
    }
    return sum;
  }

  /// {@return the same without a loop; both overflow alike}
  static long formula(long n) {
    BigInteger m = BigInteger.valueOf(n);
    BigInteger product =
        m.subtract(BigInteger.ONE).multiply(m).multiply(BigInteger.valueOf(2 * n - 1));
    return product.divide(BigInteger.valueOf(6)).longValue();
  }

  /// {@return the numbers up to which is summed: as many as there are sums}
  static List<Long> limits(int sums, long each) {
    return LongStream.range(0, sums).map(i -> each + i).boxed().toList();
  }

  static List<Long> sequential(List<Long> limits) {
    return limits.stream().map(SumOfSquares::sum).toList();
  }

  static List<Long> sums(TaskExecutor executor, List<Long> limits) {
    return executor.map(limits, SumOfSquares::sum).toList();
  }

  static List<Long> threads(List<Long> limits) {
    try (var threads = Tandem.newThreadPool(CORES)) {
      return sums(threads, limits);
    }
  }

  static List<Long> processes(List<Long> limits) {
    try (var processes = Tandem.newProcessPool(CORES)) {
      return sums(processes, limits);
    }
  }

  static void main() throws Exception {
    List<Long> limits = limits(8, 200_000_000);
    Timed.print("sequential", () -> sequential(limits).size() + " sums");
    Timed.print("threads", () -> threads(limits).size() + " sums");
    Timed.print("processes", () -> processes(limits).size() + " sums");
  }
}
