package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of performance.md. */
class PerformanceSnippetsTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 1_000).boxed().toList();

  @Test
  void manySmallTasksAreOneMap() {
    // @start region="map"
    try (var pool = Tandem.newProcessPool(2);
        var squares = pool.map(NUMBERS, n -> n * n, cf -> cf.withChunkSize(200))) {
      assertThat(squares.mapToLong(n -> n).sum()).isEqualTo(332_833_500);
    }
    // @end
  }

  @Test
  void nothingWaitsInsideAWorker() throws Exception {
    // @start region="prefetch"
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withPrefetch(0))) {
      assertThat(pool.submit(() -> 6 * 7).get()).isEqualTo(42);
    }
    // @end
  }

  @Test
  void resultsThatAreLargeDoNotWaitInMemory() {
    // @start region="buffer"
    try (var pool = Tandem.newThreadPool(2);
        var blocks = pool.map(NUMBERS, n -> new byte[10_000], cf -> cf.withBuffer(4))) {
      assertThat(blocks.mapToLong(block -> block.length).sum()).isEqualTo(10_000_000);
    }
    // @end
  }
}
