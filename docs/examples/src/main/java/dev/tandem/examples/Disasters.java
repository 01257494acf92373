package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerCrashedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Three tasks that would take an application down, and one that is honest: a crash in native code,
/// a regular expression that never ends, and one that wants more memory than there is. In a process
/// pool each fails by itself, with a message that says what happened, and the pool goes on.
final class Disasters {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private Disasters() {}

  /// Reads where nothing is.
  @SuppressWarnings("restricted") // that is the disaster
  private static byte crash() {
    return MemorySegment.ofAddress(8).reinterpret(8).get(ValueLayout.JAVA_BYTE, 0);
  }

  /// Tries more ways than there is time; an interrupt would not end it.
  private static boolean runaway() {
    return Pattern.matches("(.*a){20}", "a".repeat(60) + "!");
  }

  private static int hog() {
    List<byte[]> memory = new ArrayList<>();
    while (memory.size() < 1_000_000) {
      memory.add(new byte[1 << 20]);
    }
    return memory.size();
  }

  private static int words() {
    return "the honest task counts its words".split(" ").length;
  }

  private static List<Task<?>> tasks() {
    return List.of(
        Task.of("crash", () -> crash()),
        Task.of("runaway", () -> runaway()).withTimeout(TIMEOUT),
        Task.of("hog", () -> hog()),
        Task.of("words", () -> words()));
  }

  private static ProcessPool pool() {
    return Tandem.newProcessPool(
        2,
        cf ->
            cf.withName("disasters")
                .withMaxHeap(64L << 20)
                .withSpares(1)
                .withJvmArguments("--enable-native-access=ALL-UNNAMED"));
  }

  static List<String> sequential() throws InterruptedException {
    List<String> report = new ArrayList<>();
    try (var pool = pool()) {
      for (Task<?> task : tasks()) {
        report.add(await(task, pool.submit(task)));
      }
    }
    return report;
  }

  static List<String> concurrent() throws InterruptedException {
    List<String> report = new ArrayList<>();
    try (var pool = pool()) {
      Map<Task<?>, Future<?>> futures = new LinkedHashMap<>();
      for (Task<?> task : tasks()) {
        futures.put(task, pool.submit(task));
      }
      for (Map.Entry<Task<?>, Future<?>> each : futures.entrySet()) {
        report.add(await(each.getKey(), each.getValue()));
      }
    }
    return report;
  }

  private static String await(Task<?> task, Future<?> future) throws InterruptedException {
    try {
      return task.name() + ": " + future.get();
    } catch (ExecutionException e) {
      return task.name() + ": " + describe(e.getCause());
    }
  }

  private static String describe(@Nullable Throwable failure) {
    return switch (failure) {
      case WorkerCrashedException crash -> crash.kind().toString();
      case TaskTimeoutException e -> "killed after " + e.timeout().toMillis() + " ms";
      case null, default -> String.valueOf(failure);
    };
  }

  /// {@return what any run must give}
  static List<String> expected() {
    return List.of(
        "crash: NATIVE_CRASH", "runaway: killed after 500 ms", "hog: OUT_OF_MEMORY", "words: 6");
  }

  static void main() throws Exception {
    Timed.print("sequential", () -> String.join(", ", sequential()));
    Timed.print("concurrent", () -> String.join(", ", concurrent()));
  }
}
