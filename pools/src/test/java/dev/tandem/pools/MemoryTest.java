package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.SerializableCallable;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 7: a worker runs out of memory.
class MemoryTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void exhaustedHeapNamesTheLimit() {
    assertRunsOutOf(MemoryTest::fillHeap, "withMaxHeap", "32");
  }

  @Test
  void taskThatCatchesTheErrorIsEndedToo() {
    assertRunsOutOf(MemoryTest::fillHeapAndGoOn, "withMaxHeap", "32");
  }

  @Test
  void tooLargeAnArrayIsReportedAsExhaustedMemory() {
    assertRunsOutOf(() -> new long[Integer.MAX_VALUE].length, "Requested array size");
  }

  private void assertRunsOutOf(SerializableCallable<Integer> body, String... told) {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxHeap(32L << 20));
    Future<Integer> future = probe.watch(pool.submit(body));

    WorkerCrashedException crash = crash(future);

    assertThat(crash.kind()).isEqualTo(Kind.OUT_OF_MEMORY);
    assertThat(crash).hasMessageContainingAll(told);
  }

  private static int fillHeap() {
    List<byte[]> heap = new ArrayList<>();
    while (true) {
      heap.add(new byte[100_000]);
    }
  }

  private static int fillHeapAndGoOn() {
    try {
      return fillHeap();
    } catch (OutOfMemoryError _) {
      return 1;
    }
  }

  @Test
  void exhaustedDirectMemoryIsTheTasksOwnErrorAndTheWorkerIsReplaced() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withJvmArguments("-XX:MaxDirectMemorySize=8m"));
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    Future<Integer> future =
        probe.watch(pool.submit(() -> ByteBuffer.allocateDirect(16 << 20).capacity()));

    OutOfMemoryError error = Failures.cause(future, OutOfMemoryError.class);
    assertThat(error).hasMessageContaining("direct");
    await().until(() -> !Workers.isAlive(pid));
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
  }

  @Test
  void resultTooLargeForTheHeapOfItsWorkerFailsAlone() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxHeap(32L << 20));
    Future<List<String>> future = probe.watch(pool.submit(() -> manyStrings()));

    Failures.cause(future); // whether it can be encoded depends on the codec; it is not lost
    assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  /// Fits into the heap once, not twice.
  private static List<String> manyStrings() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(Integer.toString(i % 10).repeat(1_000_000));
    }
    return all;
  }
}
