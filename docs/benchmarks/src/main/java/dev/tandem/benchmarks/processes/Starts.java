package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Prints how many milliseconds pass from the call of `newProcessPool` until a first empty task has
/// its result: for the first pool of a JVM, for later ones, and for those with an AOT cache.
public final class Starts {
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 20;
  private static final long PATIENCE_MILLIS = 40_000;

  private Starts() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("tandem-starts");
    Path cache = directory.resolve("worker.aot");
    try {
      double cold = firstResult(cf -> cf);
      train(cache);
      Rounds.median(WARM_UP, () -> firstResult(cf -> cf));
      Rounds.median(WARM_UP, () -> firstResult(cf -> cf.withAotCache(cache)));
      double[] plain = new double[ROUNDS];
      double[] cached = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        plain[i] = firstResult(cf -> cf);
        cached[i] = firstResult(cf -> cf.withAotCache(cache));
      }
      new Figures()
          .add("cold", cold)
          .add("plain", Rounds.median(plain))
          .add("cached", Rounds.median(cached))
          .print();
    } finally {
      delete(directory);
    }
  }

  private static double firstResult(UnaryOperator<ProcessPool.Config> cf) throws Exception {
    long begin = System.nanoTime();
    try (var pool = Tandem.newProcessPool(Workers.COUNT, cf)) {
      pool.submit(Workers.NOTHING).get();
      return Rounds.millisecondsSince(begin);
    }
  }

  /// Lets a pool write the cache, which it does in the background.
  private static void train(Path cache) throws Exception {
    try (var pool = Tandem.newProcessPool(Workers.COUNT, cf -> cf.withAotCache(cache))) {
      pool.submit(Workers.NOTHING).get();
      for (int waited = 0; !Files.exists(cache); waited++) {
        if (waited == PATIENCE_MILLIS) {
          throw new IllegalStateException("no AOT cache was written to " + cache);
        }
        Thread.sleep(1);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
