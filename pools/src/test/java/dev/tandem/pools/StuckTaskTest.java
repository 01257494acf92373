package dev.tandem.pools;

import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Row 10: a task does not end by itself, whatever it is told.
class StuckTaskTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  /// Longer than a short input can take, also in a cold worker on a busy machine.
  private static final Duration FOR_AN_INPUT = Duration.ofSeconds(5);

  /// Simpler ones, without a back reference, are not exponential in the JDK.
  private static final String BACKTRACKING = "(a|aa)+\\1?b";

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  static List<Arguments> bodies() {
    return List.of(
        argumentSet("endless loop", named(Work::spin)),
        argumentSet("backtracking regex", named(StuckTaskTest::backtrack)),
        argumentSet("native sleep", named(StuckTaskTest::sleepInC)));
  }

  private static SerializableFunction<Mark, Long> named(SerializableFunction<Mark, Long> body) {
    return body;
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void taskIsKilledAtItsDeadline(SerializableFunction<Mark, Long> body) throws Exception {
    ProcessPool pool =
        probe.open(2, cf -> cf.withJvmArguments("--enable-native-access=ALL-UNNAMED"));
    List<Long> workers = Workers.awaitReady(pool, 2);
    Mark started = Mark.in(directory, "started");
    Mark neighbourStarted = Mark.in(directory, "neighbour");
    Mark release = Mark.in(directory, "release");
    Future<Long> neighbour = probe.watch(pool.submit(() -> Work.hold(neighbourStarted, release)));
    long busy = neighbourStarted.awaitPid();
    long stuckIn = workers.stream().filter(pid -> pid != busy).findFirst().orElseThrow();

    long start = System.nanoTime();
    Future<Long> stuck =
        probe.watch(pool.submit(Task.of("stuck", () -> body.apply(started)).withTimeout(DEADLINE)));
    TaskTimeoutException timeout = Failures.cause(stuck, TaskTimeoutException.class);
    figure("row 10: submit to timeout, of which 1 s is allowed", start);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(DEADLINE.toNanos());
    long end = System.nanoTime();
    Workers.awaitGone(stuckIn); // which may not even have got to the mark
    figure("row 10: timeout to no process", end);

    assertThat(timeout.taskName()).isEqualTo("stuck");
    assertThat(timeout.timeout()).isEqualTo(DEADLINE);
    release.set();
    assertThat(neighbour.get(20, TimeUnit.SECONDS)).isPositive();
    probe.assertCapacity(pool, 2);
  }

  private static long backtrack(Mark started) {
    started.set();
    return Pattern.matches(BACKTRACKING, "a".repeat(60)) ? 1 : 0;
  }

  @SuppressWarnings("restricted")
  private static long sleepInC(Mark started) {
    Linker linker = Linker.nativeLinker();
    var sleep =
        linker.downcallHandle(
            linker.defaultLookup().find("sleep").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    started.set();
    try {
      return (int) sleep.invokeExact(1000);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyTheStuckInputOfAMapTimesOut() {
    ProcessPool pool = probe.open(2);
    List<String> lines = new ArrayList<>(List.of("aab", "xyz", "ab"));
    lines.add(3, "a".repeat(60));
    lines.addAll(List.of("b", "aaaab"));
    List<Settled<String, Boolean>> settled;
    try (Stream<Settled<String, Boolean>> results =
        pool.mapSettled(lines, StuckTaskTest::matches, cf -> cf.withTimeout(FOR_AN_INPUT))) {
      settled = results.toList();
    }

    assertThat(settled).extracting(Settled::input).containsExactlyElementsOf(lines);
    for (Settled<String, Boolean> each : settled) {
      if (each.input().length() == 60) {
        assertThat(each.outcome())
            .isInstanceOfSatisfying(
                Outcome.Failure.class,
                failure ->
                    assertThat(failure.exception()).isInstanceOf(TaskTimeoutException.class));
      } else {
        assertThat(each.outcome().orElseThrow()).isEqualTo(each.input().matches("a+b"));
      }
    }
  }

  private static boolean matches(String line) {
    return Pattern.matches(BACKTRACKING, line);
  }

  @Test
  void manyDeadlinesInARowAreAllKept() {
    ProcessPool pool = probe.open(2, cf -> cf.withTimeout(Duration.ofMillis(50)).withSpares(1));
    List<Future<Long>> stuck = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      stuck.add(probe.watch(pool.submit(() -> Work.spin())));
    }
    long start = System.nanoTime();
    stuck.forEach(each -> Failures.cause(each, TaskTimeoutException.class));
    figure("row 10: ten deadlines of 50 ms on two workers", start);
  }
}
