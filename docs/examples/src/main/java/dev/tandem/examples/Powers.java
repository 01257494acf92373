package dev.tandem.examples;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/// The calls of Python's `multiprocessing.Pool`, each on a process pool: `map`, `map_async`,
/// `starmap`, `imap`, `imap_unordered`, `apply` and `apply_async`. The executor is an argument, and
/// threads would do as well.
final class Powers {
  private Powers() {}

  /// Two arguments of a function, as one value: what `starmap` takes apart.
  record Power(int base, int exponent) {
    long value() {
      return Math.powExact((long) base, exponent);
    }
  }

  static long square(int n) {
    return (long) n * n;
  }

  static List<Long> sequential(List<Integer> numbers) {
    return numbers.stream().map(Powers::square).toList();
  }

  /// `pool.map(square, numbers)`
  static List<Long> map(TaskExecutor pool, List<Integer> numbers) {
    return pool.map(numbers, Powers::square).toList();
  }

  /// `pool.map_async(square, numbers)`: the caller goes on, and asks later.
  static ListenableFuture<List<Long>> mapAsync(TaskExecutor pool, List<Integer> numbers) {
    return Futures.allAsList(numbers.stream().map(n -> pool.submit(() -> square(n))).toList());
  }

  /// `pool.starmap(power, pairs)`
  static List<Long> starmap(TaskExecutor pool, List<Power> powers) {
    return pool.map(powers, Power::value).toList();
  }

  /// `pool.imap(square, numbers)`: results one by one, in order, as far as they are asked for.
  static List<Long> imap(TaskExecutor pool, List<Integer> numbers, int wanted) {
    try (var squares = pool.map(numbers, Powers::square)) {
      return squares.limit(wanted).toList();
    }
  }

  /// `pool.imap_unordered(square, numbers)`: in the order in which they are done.
  static Set<Long> imapUnordered(TaskExecutor pool, List<Integer> numbers) {
    return pool.map(numbers, Powers::square, cf -> cf.unordered()).collect(Collectors.toSet());
  }

  /// `pool.apply(square, (n,))`
  static long apply(TaskExecutor pool, int n) throws ExecutionException, InterruptedException {
    return applyAsync(pool, n).get();
  }

  /// `pool.apply_async(square, (n,))`
  static ListenableFuture<Long> applyAsync(TaskExecutor pool, int n) {
    return pool.submit(() -> square(n));
  }

  static void main() throws Exception {
    List<Integer> numbers = List.of(1, 2, 3, 4, 5);
    try (var pool = Tandem.newProcessPool(2)) {
      Timed.print("map", () -> map(pool, numbers));
      Timed.print("map_async", () -> mapAsync(pool, numbers).get());
      Timed.print("starmap", () -> starmap(pool, List.of(new Power(2, 3), new Power(3, 2))));
      Timed.print("imap", () -> imap(pool, numbers, 3));
      Timed.print("imap_unordered", () -> imapUnordered(pool, numbers));
      Timed.print("apply", () -> apply(pool, 7));
    }
  }
}
