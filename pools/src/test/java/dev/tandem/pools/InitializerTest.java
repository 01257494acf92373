package dev.tandem.pools;

import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.SerializableRunnable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 17: workers start, and do not get ready.
class InitializerTest {
  private static String model;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void initializerThatThrowsBreaksThePoolAfterSomeTries() throws Exception {
    Ledger ledger = Ledger.in(directory);
    List<Future<Long>> waiting = assertBreaks(() -> throwOnStart(ledger), "the model is missing");

    // each future has an exception of its own: nothing piles up on a shared one
    Set<Throwable> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Future<Long> each : waiting) {
      assertThatThrownBy(each::get)
          .isInstanceOfSatisfying(ExecutionException.class, distinct::add)
          .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    }
    assertThat(distinct).hasSameSizeAs(waiting);
    assertNoStorm(ledger);
  }

  private static void throwOnStart(Ledger ledger) {
    ledger.begin(1);
    System.err.println("looking for the model");
    throw new IllegalStateException("the model is missing");
  }

  @Test
  void initializerThatExitsBreaksThePoolAfterSomeTries() throws Exception {
    Ledger ledger = Ledger.in(directory);
    assertBreaks(() -> exitOnStart(ledger), "no licence");
    assertNoStorm(ledger);
  }

  private static void exitOnStart(Ledger ledger) {
    ledger.begin(1);
    System.err.println("no licence");
    System.exit(5);
  }

  @Test
  void initializerThatHangsBreaksThePoolAfterSomeTries() throws Exception {
    Ledger ledger = Ledger.in(directory);
    assertBreaks(
        cf -> cf.withStartTimeout(Duration.ofSeconds(4)).withInitializer(() -> hangOnStart(ledger)),
        "waiting for the database");
    assertNoStorm(ledger);
  }

  private static void hangOnStart(Ledger ledger) {
    ledger.begin(1);
    System.err.println("waiting for the database");
    Work.spin();
  }

  private List<Future<Long>> assertBreaks(SerializableRunnable initializer, String told) {
    return assertBreaks(cf -> cf.withInitializer(initializer), told);
  }

  private List<Future<Long>> assertBreaks(UnaryOperator<ProcessPool.Config> cf, String told) {
    long start = System.nanoTime();
    ProcessPool pool = probe.openBroken(2, cf);
    List<Future<Long>> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        waiting.add(probe.watch(pool.submit(Work::pid)));
      }
    } catch (RejectedExecutionException e) {
      assertThat(e).hasCauseInstanceOf(PoolStartException.class); // it was known already
    }
    for (Future<Long> each : waiting) {
      assertThat(Failures.cause(each, PoolStartException.class)).hasMessageContaining(told);
    }
    System.out.println(
        "row 17: open to broken: %d ms".formatted((System.nanoTime() - start) / 1_000_000));
    assertThatThrownBy(() -> pool.submit(Work::pid))
        .isInstanceOf(RejectedExecutionException.class)
        .hasCauseInstanceOf(PoolStartException.class)
        .hasStackTraceContaining(told);
    return waiting;
  }

  /// Once the pool is broken, no worker is tried any more.
  private static void assertNoStorm(Ledger ledger) {
    await().atMost(Duration.ofSeconds(10)).until(() -> Workers.children().isEmpty());
    int tries = ledger.byProcess().size();
    assertThat(tries).as("tries").isBetween(2, 12);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(10))
        .until(() -> Workers.children().isEmpty() && ledger.byProcess().size() == tries);
  }

  @Test
  void initializerThatFailsOnceIsTriedInAnotherWorker() throws Exception {
    Mark tried = Mark.in(directory, "tried");
    ProcessPool pool = probe.open(1, cf -> cf.withInitializer(() -> failOnce(tried)));

    Future<String> future = probe.watch(pool.submit(() -> model));

    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("loaded");
  }

  private static void failOnce(Mark tried) {
    if (!tried.isSet()) {
      tried.set();
      throw new IllegalStateException("not yet");
    }
    model = "loaded";
  }

  @Test
  void initializerRunsInEveryReplacement() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withInitializer(() -> load()));
    for (int round = 0; round < 3; round++) {
      assertThat(pool.submit(() -> model).get(20, TimeUnit.SECONDS)).isEqualTo("loaded");
      long start = System.nanoTime();
      Workers.kill(pool.submit(Work::pid).get(20, TimeUnit.SECONDS));
      pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
      figure("row 4: SIGKILL to the next result, without a spare", start);
    }
  }

  private static void load() {
    model = "loaded";
  }

  @Test
  void workerKilledDuringItsInitializerIsReplaced() throws Exception {
    Mark first = Mark.in(directory, "first");
    ProcessPool pool = probe.open(1, cf -> cf.withInitializer(() -> hangFirst(first)));
    Future<Long> future = probe.watch(pool.submit(Work::pid));
    long pid = first.awaitPid();

    Workers.kill(pid);

    assertThat(future.get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
  }

  private static void hangFirst(Mark first) {
    if (!first.isSet()) {
      Work.spin(first);
    }
  }

  @Test
  void poolClosesWhileItsInitializersRun() throws Exception {
    Mark started = Mark.in(directory, "started");
    ProcessPool pool = probe.open(1, cf -> cf.withInitializer(() -> Work.spin(started)));
    Future<Long> future = probe.watch(pool.submit(Work::pid));
    long pid = started.awaitPid();

    pool.shutdownNow();

    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(future.isCancelled()).isTrue();
    Workers.awaitGone(pid);
  }
}
