package dev.tandem.benchmarks.executors;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Latencies;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Prints how long a task that does nothing takes on an executor, from `submit` until `get`
/// returns, one at a time.
public final class TripLatencies {
  private static final int THREADS = 2;

  private TripLatencies() {}

  /// @param args the executor, and the milliseconds for a point
  public static void main(String[] args) throws Exception {
    int pointMillis = Integer.parseInt(args[1]);
    if (args[0].equals("processes")) {
      // a variable of this type, because a lambda for an ExecutorService could not be sent
      try (var pool = Tandem.newProcessPool(THREADS)) {
        Latencies.print(pointMillis, () -> pool.submit(() -> {}).get());
      }
      return;
    }
    try (var executor = executor(args[0])) {
      Latencies.print(pointMillis, () -> executor.submit(() -> {}).get());
    }
  }

  private static ExecutorService executor(String name) {
    return switch (name) {
      case "threads" -> Tandem.newThreadPool(THREADS);
      case "jdkThreads" -> Executors.newFixedThreadPool(THREADS);
      case "virtual" -> Tandem.newVirtualThreadExecutor();
      case "jdkVirtual" -> Executors.newVirtualThreadPerTaskExecutor();
      default -> throw new IllegalArgumentException("executor: " + name);
    };
  }
}
