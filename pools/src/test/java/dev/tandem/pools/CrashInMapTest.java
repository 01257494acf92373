package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Workers that die with many inputs of a `map` in them, and tasks that may run again.
class CrashInMapTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  private static final List<Integer> INPUTS = IntStream.range(0, 1000).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 300})
  void onlyTheInputThatRanFails(int chunk) {
    ProcessPool pool = probe.open(2);
    Ledger ledger = Ledger.in(directory);
    List<Settled<Integer, Integer>> settled;
    try (Stream<Settled<Integer, Integer>> results =
        pool.mapSettled(INPUTS, n -> exitAt500(ledger, n), cf -> cf.withChunkSize(chunk))) {
      settled = results.toList();
    }

    assertThat(settled).extracting(Settled::input).containsExactlyElementsOf(INPUTS);
    for (Settled<Integer, Integer> each : settled) {
      if (each.input() == 500) {
        assertThat(failure(each)).isInstanceOf(WorkerCrashedException.class);
      } else {
        assertThat(each.outcome().orElseThrow()).isEqualTo(each.input());
      }
    }
    assertThat(ledger.read().begun()).hasSize(1000).values().containsOnly(1);
    assertThat(ledger.read().ended()).hasSize(999).values().containsOnly(1);
  }

  @Test
  void mapThatLosesAWorkerFailsWithTheCrashAndThePoolGoesOn() {
    ProcessPool pool = probe.open(2);
    Ledger ledger = Ledger.in(directory);
    try (Stream<Integer> results = pool.map(INPUTS, n -> exitAt500(ledger, n))) {
      assertThat(catchThrowable(results::toList))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(WorkerCrashedException.class);
    }
    assertThat(ledger.read().begun().values()).containsOnly(1);
  }

  @Test
  void forEachThatLosesAWorkerFailsWithTheCrash() {
    ProcessPool pool = probe.open(2);
    Ledger ledger = Ledger.in(directory);

    assertThat(catchThrowable(() -> pool.forEach(INPUTS, n -> exitAt500(ledger, n))))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(WorkerCrashedException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inputsAreSettledOnceWhileWorkersAreKilled(boolean unordered) throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withSpares(1));
    Ledger ledger = Ledger.in(directory);
    Thread killer = Thread.ofPlatform().start(() -> killSometimes(pool));
    List<Settled<Integer, Integer>> settled;
    try (Stream<Settled<Integer, Integer>> results =
        pool.mapSettled(INPUTS, n -> slowly(ledger, n), cf -> unordered ? cf.unordered() : cf)) {
      settled = results.toList();
    } finally {
      killer.interrupt();
      killer.join();
    }

    Ledger.Counts counts = ledger.read();
    assertThat(settled).extracting(Settled::input).containsExactlyInAnyOrderElementsOf(INPUTS);
    for (Settled<Integer, Integer> each : settled) {
      if (each.outcome() instanceof Outcome.Success<Integer>(Integer value)) {
        assertThat(value).isEqualTo(each.input());
        assertThat(counts.ended(each.input())).as("input %d", value).isEqualTo(1);
      } else {
        assertThat(failure(each)).isInstanceOf(WorkerCrashedException.class);
      }
      assertThat(counts.begun(each.input())).as("input %d", each.input()).isLessThanOrEqualTo(1);
    }
  }

  private static void killSometimes(ProcessPool pool) {
    try {
      for (int kills = 0; kills < 6; kills++) {
        Workers.kill(Workers.awaitReady(pool, 1).getFirst());
        Work.pause(50_000);
      }
    } catch (InterruptedException _) {
      // the map is over
    }
  }

  @Test
  void taskThatMayRunAgainDoesSoAfterACrash() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark tried = Mark.in(directory, "tried");

    Future<Integer> retried =
        probe.watch(pool.submit(Task.of("retried", () -> exitOnce(tried)).withRetries(1)));
    Future<Integer> always =
        probe.watch(pool.submit(Task.of("always", () -> exit()).withRetries(2)));

    assertThat(retried.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(Failures.crash(always).kind()).isEqualTo(WorkerCrashedException.Kind.EXITED);
  }

  private static Throwable failure(Settled<Integer, Integer> settled) {
    assertThat(settled.outcome()).isInstanceOf(Outcome.Failure.class);
    return ((Outcome.Failure<Integer>) settled.outcome()).exception();
  }

  private static int exitAt500(Ledger ledger, int n) {
    ledger.begin(n);
    if (n == 500) {
      exit();
    }
    ledger.end(n);
    return n;
  }

  private static int slowly(Ledger ledger, int n) throws InterruptedException {
    ledger.begin(n);
    Work.pause(1_000);
    ledger.end(n);
    return n;
  }

  private static int exitOnce(Mark tried) {
    if (!tried.isSet()) {
      tried.set();
      exit();
    }
    return 1;
  }

  private static int exit() {
    System.exit(3);
    return 0;
  }
}
