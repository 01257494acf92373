package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.Tandem;
import dev.tandem.pools.SharedLong;
import dev.tandem.pools.SharedLongArray;
import dev.tandem.pools.SharedSegment;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of sharing.md about memory and counters. */
class SharingSnippetsTest {
  @Test
  void aSegmentIsNotCopied() throws Exception {
    double[] samples = IntStream.range(0, 4_000).asDoubleStream().toArray();
    // @start region="segment"
    try (var pool = Tandem.newProcessPool(2);
        var segment = pool.newSegment(8L * samples.length)) { // reserved, and full of zeros
      segment.memory().copyFrom(MemorySegment.ofArray(samples));

      pool.forEach(
          List.of(0, 1),
          half -> { // in a worker: the same memory
            var part = segment.memory().asSlice(half * 16_000L, 16_000);
            for (int i = 0; i < 2_000; i++) {
              double x = part.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
              part.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x * x);
            }
          });

      assertThat(segment.memory().getAtIndex(ValueLayout.JAVA_DOUBLE, 3_999))
          .isEqualTo(3_999.0 * 3_999);
    } // the memory is given back, whatever became of the workers
    // @end
  }

  @Test
  void aSliceIsSentLikeASegment() throws Exception {
    // @start region="slice"
    try (var pool = Tandem.newProcessPool(2);
        var segment = pool.newSegment(1 << 20)) {
      var halves = List.of(segment.slice(0, 1 << 19), segment.slice(1 << 19, 1 << 19));

      pool.forEach(halves, half -> half.memory().fill((byte) 1));

      assertThat(segment.memory().toArray(ValueLayout.JAVA_BYTE)).containsOnly(1);
    }
    // @end
  }

  // @start region="var-handle"
  private static final VarHandle READY = ValueLayout.JAVA_INT.varHandle();

  /** In one task: fills the segment, then says so. */
  static void publish(SharedSegment segment, String text) {
    segment.memory().setString(8, text);
    READY.setRelease(segment.memory(), 0L, 1); // what is above is written before
  }

  /** In another one, at the same time: waits for that. */
  static String await(SharedSegment segment) throws InterruptedException {
    while ((int) READY.getAcquire(segment.memory(), 0L) == 0) {
      Thread.sleep(1);
    }
    return segment.memory().getString(8); // what is above is read before
  } // @end

  @Test
  void tasksThatRunAtTheSameTimeOrderTheirAccesses() throws Exception {
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withPrefetch(0));
        var segment = pool.newSegment(4096)) {
      var waiting = pool.submit(() -> await(segment));
      pool.submit(() -> publish(segment, "there")).get();
      assertThat(waiting.get()).isEqualTo("there");
    }
  }

  @Test
  void aCounterCountsInAllProcesses() throws Exception {
    // @start region="counter"
    try (var pool = Tandem.newProcessPool(2);
        var found = pool.newLong(0)) {
      pool.forEach(
          List.of("a1", "b", "c22", "d"),
          line -> {
            if (line.chars().anyMatch(Character::isDigit)) {
              found.getAndAdd(1);
            }
          });
      assertThat(found.get()).isEqualTo(2);
    }
    // @end
  }

  @Test
  void anArrayIsManyCounters() throws Exception {
    // @start region="array"
    try (var pool = Tandem.newProcessPool(2);
        SharedLongArray byLength = pool.newLongArray(10)) {
      pool.forEach(List.of("a", "bb", "cc"), word -> byLength.getAndAdd(word.length(), 1));

      assertThat(byLength.get(1)).isEqualTo(1);
      assertThat(byLength.get(2)).isEqualTo(2);
    }
    // @end
  }

  @Test
  void aFlagStopsATask() throws Exception {
    // @start region="flag"
    try (var pool = Tandem.newProcessPool(1);
        SharedLong stop = pool.newLong(0);
        SharedLong steps = pool.newLong(0)) {
      var task =
          pool.submit(() -> {
            while (stop.get() == 0) {
              steps.getAndAdd(1); // seen here at once: how far is it?
            }
            return "stopped";
          });
      while (steps.get() < 1_000) {
        Thread.sleep(1);
      }
      stop.set(1);
      assertThat(task.get()).isEqualTo("stopped");
    }
    // @end
  }

  @Test
  void whatIsClosedThrows() {
    // @start region="closed"
    try (var pool = Tandem.newProcessPool(1)) {
      var segment = pool.newSegment(1024);
      segment.close();

      assertThat(segment.isClosed()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> segment.memory()); // in a worker, too
    } // closes all that was not closed before
    // @end
  }
}
