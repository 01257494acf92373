package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.Outcome;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 37: native code of a worker writes where its status page is. Its pool trusts no word of it:
/// each future ends, cancel and close return, and timeouts hold.
class PageGarbageTest {
  private static final int SLOTS = 4096;
  private static final int STARTED_AT = 64;
  private static final int ITEMS = 128;
  private static final int REPLIES = 192;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @BeforeEach
  void onLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")), "memory maps can be read");
  }

  private ProcessPool open(int workers) {
    return probe.open(
        workers, cf -> cf.withJvmArguments("--enable-native-access=ALL-UNNAMED").withPrefetch(8));
  }

  /// Overwrites a part of this worker's page with one long again and again.
  @SuppressWarnings("restricted")
  private static void overwrite(int from, int to, long value) {
    MemorySegment page = MemorySegment.ofAddress(address()).reinterpret(8192 + 65536);
    for (int at = from; at < to; at += 8) {
      page.set(ValueLayout.JAVA_LONG, at, value);
    }
  }

  private static long address() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        if (line.matches(".*rw-s .*/worker-\\d+( \\(deleted\\))?")) {
          return Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no page");
  }

  private static int overwriteSlotsAndHalt(long value) {
    overwrite(SLOTS, SLOTS + 4096, value);
    Runtime.getRuntime().halt(1);
    return 0;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 0x5555_5555_5555_5555L, 7})
  void taskOfAWorkerThatDiesHasCrashed(long garbage) throws Exception {
    ProcessPool pool = open(1);
    pool.submit(() -> 1).get(20, TimeUnit.SECONDS);

    Future<Integer> wild = probe.watch(pool.submit(() -> overwriteSlotsAndHalt(garbage)));
    List<Future<Integer>> behind = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      behind.add(probe.watch(pool.submit(() -> 2)));
    }

    assertThat(Failures.crash(wild)).isNotNull();
    for (Future<Integer> each : behind) { // prefetched or not: it may have crashed, and is done
      Throwable thrown = catchThrowable(() -> each.get(20, TimeUnit.SECONDS));
      assertThat(thrown == null || thrown instanceof ExecutionException).isTrue();
    }
  }

  @Test
  void cancelOfATaskWhoseSlotIsGarbageReturns() throws Exception {
    ProcessPool pool = open(1);
    Mark written = Mark.in(directory, "written");
    Future<Long> wild =
        probe.watch(
            pool.submit(() -> {
              overwrite(SLOTS, SLOTS + 4096, 0);
              return Work.spin(written);
            }));
    Future<Integer> behind = probe.watch(pool.submit(() -> 2));
    written.await();

    assertThat(behind.cancel(true) || behind.isDone()).isTrue();
    assertThat(wild.cancel(true) || wild.isDone()).isTrue();

    assertThat(catchThrowable(() -> wild.get(20, TimeUnit.SECONDS)))
        .isInstanceOfAny(CancellationException.class, ExecutionException.class);
  }

  @Test
  void workerThatGoesOnIsReplacedAndNoTaskIsLost() throws Exception {
    ProcessPool pool = open(1);
    pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
    Mark begun = Mark.in(directory, "begun");
    Mark release = Mark.in(directory, "release");
    Future<Integer> wild =
        probe.watch(
            pool.submit(() -> {
              begun.set();
              release.await();
              overwrite(SLOTS, SLOTS + 4096, 0);
              return 1;
            }));
    begun.await();
    List<Future<Integer>> behind = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      behind.add(probe.watch(pool.submit(() -> 2)));
    }
    release.set();

    assertThat(wild.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    for (Future<Integer> each : behind) {
      Throwable thrown = catchThrowable(() -> each.get(20, TimeUnit.SECONDS));
      assertThat(thrown == null || thrown.getCause() instanceof WorkerCrashedException).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1})
  void timeoutHoldsWhateverTheStartTimeIs(long garbage) {
    ProcessPool pool = open(1);
    Future<Long> future =
        probe.watch(
            pool.submit(
                Task.of(
                        "timed",
                        () -> {
                          overwrite(STARTED_AT, STARTED_AT + 8, garbage);
                          return Work.spin();
                        })
                    .withTimeout(Duration.ofMillis(300))));

    Failures.cause(future, TaskTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, 1_000, 1L << 32})
  void inputsOfAMapAllEndWhateverTheCountIs(long garbage) {
    ProcessPool pool = open(2);
    List<Integer> inputs = IntStream.range(0, 40).boxed().toList();

    List<Settled<Integer, Integer>> settled;
    try (var results =
        pool.mapSettled(
            inputs,
            n -> n == 25 ? overwriteItemsAndHalt(garbage) : n,
            cf -> cf.withChunkSize(10))) {
      settled = results.toList();
    }

    assertThat(settled).extracting(Settled::input).containsExactlyElementsOf(inputs);
    assertThat(settled.get(25).outcome()).isInstanceOf(Outcome.Failure.class);
    assertThat(settled.subList(0, 20)).allMatch(each -> each.outcome() instanceof Outcome.Success);
  }

  private static int overwriteItemsAndHalt(long value) {
    overwrite(ITEMS, ITEMS + 8, value);
    Runtime.getRuntime().halt(1);
    return 0;
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, 40})
  void replyRegionThatIsGarbageCostsTheTaskAlone(long garbage) {
    ProcessPool pool = open(1);
    Future<Integer> future =
        probe.watch(
            pool.submit(() -> {
              overwrite(REPLIES, 384, garbage);
              overwrite(8192, 8192 + 65536, garbage);
              Runtime.getRuntime().halt(1);
              return 0;
            }));

    assertThat(Failures.crash(future)).isNotNull();
  }

  @Test
  void pageCannotBeReachedByItsPath() throws Exception {
    ProcessPool pool = open(1);
    pool.submit(() -> 1).get(20, TimeUnit.SECONDS);

    assertThat(ProcessPoolProbe.files(probe.pages()))
        .noneMatch(file -> Path.of(file).getFileName().toString().startsWith("worker"));
    assertThat(pool.submit(() -> cutOff()).get(20, TimeUnit.SECONDS)).isZero();
  }

  /// {@return how many files that are this worker's page could be truncated}
  private static int cutOff() throws IOException {
    int cut = 0;
    String[] command = Files.readString(Path.of("/proc/self/cmdline")).split("\0");
    for (String argument : command) {
      if (argument.matches(".*/worker-\\d+") && Files.exists(Path.of(argument))) {
        Files.write(Path.of(argument), new byte[0]);
        cut++;
      }
    }
    return cut;
  }
}
