package dev.tandem.examples;

import dev.tandem.Tandem;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;

/// Sums in worker processes, whose progress is seen while it runs: the workers count in one shared
/// number what is done, and tell an object of the application at each tenth.
final class LiveProgress {
  private LiveProgress() {}

  /// What the workers call.
  interface Bar {
    void reached(int percent);
  }

  /// @param sum the sum of all results
  /// @param reached what was told, in percent
  record Result(long sum, NavigableSet<Integer> reached) {}

  static List<Long> inputs(int count) {
    return LongStream.rangeClosed(1, count).map(i -> 100 * i).boxed().toList();
  }

  static Result sequential(List<Long> inputs) {
    NavigableSet<Integer> reached = new ConcurrentSkipListSet<>();
    long sum = 0;
    long done = 0;
    for (long input : inputs) {
      sum += SumOfSquares.sum(input);
      tell(reached::add, ++done, inputs.size());
    }
    return new Result(sum, reached);
  }

  static Result processes(List<Long> inputs) {
    NavigableSet<Integer> reached = new ConcurrentSkipListSet<>();
    int count = inputs.size();
    try (var pool = Tandem.newProcessPool(2);
        var done = pool.newLong(0)) {
      Bar bar = pool.export(Bar.class, reached::add);
      long sum =
          pool.map(
                  inputs,
                  input -> {
                    long result = SumOfSquares.sum(input);
                    tell(bar, done.getAndAdd(1) + 1, count);
                    return result;
                  })
              .mapToLong(result -> result)
              .sum();
      return new Result(sum, reached);
    }
  }

  private static void tell(Bar bar, long done, int count) {
    if (done * 10 % count == 0) {
      bar.reached((int) (done * 100 / count));
    }
  }

  static void main() throws Exception {
    List<Long> inputs = inputs(10_000);
    Timed.print("sequential", () -> sequential(inputs));
    Timed.print("processes", () -> processes(inputs));
  }
}
