package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 35: what is sent to a worker is more than it can receive. That fails what was sent, once,
/// and nothing else.
class PoisonTaskTest {
  private static final long HEAP = 48L << 20;
  private static final int TOO_MUCH = 80 << 20;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  private ProcessPool small() {
    return probe.open(1, cf -> cf.withMaxHeap(HEAP));
  }

  @Test
  void argumentLargerThanTheHeapFailsItsTaskAndCostsNoWorker() throws Exception {
    ProcessPool pool = small();
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    byte[] big = new byte[TOO_MUCH];

    Future<Integer> poison = probe.watch(pool.submit(() -> big.length));
    Future<Long> behind = probe.watch(pool.submit(Work::pid));

    assertNamesTheHeap(Failures.cause(poison));
    assertThat(behind.get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  private static void assertNamesTheHeap(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContainingAll("withMaxHeap", Integer.toString(TOO_MUCH).substring(0, 4));
  }

  @Test
  void manyTextsLargerThanTheHeapFailTheirTaskToo() {
    ProcessPool pool = small();
    List<String> texts = Stream.generate(() -> "x".repeat(8_000)).limit(10_000).toList();

    Future<Integer> poison = probe.watch(pool.submit(() -> texts.size()));

    assertThat(Failures.cause(poison)).hasMessageContaining("withMaxHeap");
  }

  @Test
  void retriesDoNotSendItAgain() throws Exception {
    ProcessPool pool = small();
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    byte[] big = new byte[TOO_MUCH];

    Future<Integer> poison =
        probe.watch(pool.submit(Task.of("poison", () -> big.length).withRetries(5)));

    assertNamesTheHeap(Failures.cause(poison));
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void messageThatFitsAndWhoseDecodingDoesNotKillsOneWorker() {
    ProcessPool pool = small();
    long[] big = new long[3 << 20]; // 24 MiB as bytes, and once more as an array

    Future<Integer> poison = probe.watch(pool.submit(() -> big.length));

    assertThat(Failures.cause(poison)).hasMessageContaining("withMaxHeap");
  }

  @Test
  void functionOfAMapFailsEachInput() {
    ProcessPool pool = small();
    byte[] big = new byte[TOO_MUCH];

    List<Settled<Integer, Integer>> settled;
    try (var results = pool.mapSettled(List.of(1, 2, 3), n -> n + big.length)) {
      settled = results.toList();
    }

    assertThat(settled)
        .hasSize(3)
        .allSatisfy(each ->
            assertThat(each.outcome())
                .isInstanceOfSatisfying(
                    Outcome.Failure.class, f -> assertNamesTheHeap(f.exception())));
  }

  @Test
  void inputOfAMapFailsAlone() {
    ProcessPool pool = small();
    List<byte[]> inputs =
        List.of(new byte[1], new byte[2], new byte[TOO_MUCH], new byte[3], new byte[4]);

    List<Settled<byte[], Integer>> settled;
    try (var results = pool.mapSettled(inputs, PoisonTaskTest::length, cf -> cf.withChunkSize(5))) {
      settled = results.toList();
    }

    for (Settled<byte[], Integer> each : settled) {
      if (each.input().length == TOO_MUCH) {
        assertThat(each.outcome()).isInstanceOf(Outcome.Failure.class);
      } else {
        assertThat(each.outcome().orElseThrow()).isEqualTo(each.input().length);
      }
    }
  }

  private static int length(byte[] bytes) {
    return bytes.length;
  }

  @Test
  void initializerBreaksThePoolWithTheReason() {
    byte[] big = new byte[TOO_MUCH];
    ProcessPool pool =
        probe.openBroken(
            1, cf -> cf.withMaxHeap(HEAP).withInitializer(() -> Work.pause(big.length / TOO_MUCH)));

    Throwable thrown = catchThrowable(() -> pool.submit(() -> 1).get(40, TimeUnit.SECONDS));

    assertThat(thrown)
        .isInstanceOfAny(ExecutionException.class, RejectedExecutionException.class)
        .cause()
        .hasMessageContaining("withMaxHeap");
  }

  @Test
  void timeoutOfWhatWaitsBehindHolds() throws Exception {
    ProcessPool pool = small();
    byte[] big = new byte[TOO_MUCH];
    Future<Integer> poison = probe.watch(pool.submit(() -> big.length));
    Future<Long> stuck =
        probe.watch(
            pool.submit(Task.of("stuck", () -> Work.spin()).withTimeout(Duration.ofMillis(200))));

    assertNamesTheHeap(Failures.cause(poison));
    assertThat(Failures.cause(stuck)).isInstanceOf(dev.tandem.core.TaskTimeoutException.class);
  }

  @Test
  void resultJustLargerThanAMessageCostsNoWorker() throws Exception {
    int most = 64 << 10;
    ProcessPool pool = probe.open(1, cf -> cf.withMaxMessage(most));
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    for (int size = most - 40; size < most + 1_000; size += 100) {
      int length = size;
      Future<String> future = probe.watch(pool.submit(() -> "x".repeat(length)));
      try {
        assertThat(future.get(20, TimeUnit.SECONDS)).hasSize(length);
      } catch (ExecutionException e) {
        assertThat(e).cause().hasMessageContaining("withMaxMessage");
      }
      Future<Integer> large = probe.watch(pool.submit(() -> bytes(length).length));
      assertThat(large.get(20, TimeUnit.SECONDS)).isEqualTo(length);
    }

    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  private static byte[] bytes(int length) {
    return new byte[length];
  }

  @Test
  void crashOfAWorkerStillSaysWhichTaskItRan() {
    ProcessPool pool = small();

    Future<Integer> future =
        probe.watch(pool.submit(Task.of("halting", () -> halt(3 /* as exhausted memory */))));

    assertThat(Failures.crash(future).kind()).isEqualTo(Kind.EXITED);
    assertThat(Failures.crash(future)).hasMessageContaining("halting");
  }

  private static int halt(int code) {
    Runtime.getRuntime().halt(code);
    return code;
  }
}
