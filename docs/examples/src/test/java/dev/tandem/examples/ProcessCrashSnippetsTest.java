package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of processes.md about workers that die. */
class ProcessCrashSnippetsTest {
  private static final List<String> LINES = List.of("a", "bb", "fatal", "dddd");

  @Test
  void theFailureSaysWhatHappened() throws Exception {
    // @start region="kinds"
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withName("parsers"))) {
      var fatal = pool.submit(Task.of("parse", () -> System.exit(3)));

      var e = catchThrowableOfType(ExecutionException.class, fatal::get);
      WorkerCrashedException crash = (WorkerCrashedException) e.getCause();
      assertThat(crash.kind()).isEqualTo(Kind.EXITED);
      assertThat(crash.exitCode()).isEqualTo(3);
      assertThat(crash).hasMessageContaining("parsers").hasMessageContaining("System.exit(3)");
    }
    // @end
  }

  @Test
  void memoryThatIsExhausted() {
    // @start region="memory"
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withMaxHeap(64L << 20))) {
      var hungry = pool.submit(() -> new long[100_000_000].length); // 800 MB

      assertThatThrownBy(hungry::get)
          .hasCauseInstanceOf(WorkerCrashedException.class)
          .hasMessageContaining("its heap is limited to 64 MiB (withMaxHeap)");
    }
    // @end
  }

  @Test
  void aMapWithACrash() {
    // @start region="map"
    try (var pool = Tandem.newProcessPool(2)) {
      assertThatThrownBy(() -> pool.map(LINES, line -> Words.length(line)).toList())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(WorkerCrashedException.class);
    }
    // @end
  }

  @Test
  void aSettledMapWithACrash() {
    List<String> report;
    // @start region="map-settled"
    try (var pool = Tandem.newProcessPool(2);
        var lengths = pool.mapSettled(LINES, line -> Words.length(line))) {
      report =
          lengths
              .map(each ->
                  switch (each) {
                    case Settled(var line, Success(var length)) -> line + ": " + length;
                    case Settled(var line, Failure(var e)) -> line + " failed";
                    case Settled(var line, Cancelled()) -> line + " was cancelled";
                  })
              .toList();
    }
    // @end
    assertThat(report).containsExactly("a: 1", "bb: 2", "fatal failed", "dddd: 4");
  }

  @Test
  void aTimeoutForEachInput() {
    // @start region="map-timeout"
    try (var pool = Tandem.newProcessPool(2);
        var lengths =
            pool.mapSettled(
                List.of("a", "endless", "ccc"),
                line -> line.equals("endless") ? Words.matchesForEver() : line.length() > 2,
                cf -> cf.withTimeout(Duration.ofSeconds(2)))) {
      assertThat(lengths.filter(each -> each.outcome() instanceof Failure).map(Settled::input))
          .containsExactly("endless");
    }
    // @end
  }

  @Test
  void aTaskThatMayRunAgain(@TempDir Path folder) throws Exception {
    Path mark = folder.resolve("tried");
    String markName = mark.toString();
    // @start region="retries"
    try (var pool = Tandem.newProcessPool(2)) {
      var stubborn = pool.submit(Task.of("import", () -> importOrCrash(markName)).withRetries(2));
      assertThat(stubborn.get()).isEqualTo("imported"); // its first worker was lost
    }
    // @end
    assertThat(mark).exists();
  }

  /** Halts the first time. */
  private static String importOrCrash(String mark) throws Exception {
    if (!Files.exists(Path.of(mark))) {
      Files.createFile(Path.of(mark));
      Runtime.getRuntime().halt(1);
    }
    return "imported";
  }
}
