package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 23: a pool is closed in every way while tasks are submitted and workers die. 25 times by
/// default; `-Dtandem.rounds=1000` for more.
class PoolClosingTest {
  private static final int ROUNDS = Integer.getInteger("tandem.rounds", 25);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  private enum Way {
    SHUTDOWN,
    SHUTDOWN_NOW,
    CLOSE,
    CLOSE_IN_TIME,
    TERMINATE_WORKERS,
    KILL_WORKERS
  }

  @Test
  @Timeout(900)
  void poolTerminatesHoweverItIsClosedWhileTasksComeAndWorkersDie() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    for (int round = 0; round < ROUNDS; round++) {
      Way way = Way.values()[round % Way.values().length];
      try {
        playRound(way, new Random(seed + round));
      } catch (Throwable e) {
        throw new AssertionError("round %d, %s, seed %d".formatted(round, way, seed + round), e);
      }
    }
    System.out.println("row 23: %d rounds from seed %d".formatted(ROUNDS, seed));
  }

  private void playRound(Way way, Random random) throws Exception {
    ProcessPool pool =
        probe.open(1 + random.nextInt(2), cf -> cf.withGrace(Duration.ofMillis(200)));
    if (random.nextInt(4) > 0) {
      Workers.awaitReady(pool, 1); // otherwise all that follows happens while workers start
    }
    Queue<Future<Integer>> futures = new ConcurrentLinkedQueue<>();
    int micros = random.nextInt(300);
    CountDownLatch go = new CountDownLatch(1);
    Thread submitter =
        Thread.ofPlatform()
            .start(() -> {
              go.countDown();
              try {
                for (int i = 0; i < 1_000; i++) {
                  futures.add(pool.submit(() -> Work.pause(micros)));
                }
              } catch (RejectedExecutionException _) {
                // it is closed
              }
            });
    int killAfter = random.nextInt(8_000);
    Thread killer =
        Thread.ofPlatform()
            .start(() -> {
              pause(killAfter);
              Workers.pids(pool).forEach(Workers::kill);
            });
    go.await();
    pause(random.nextInt(8_000));

    end(pool, way);

    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).as("terminated").isTrue();
    assertThat(submitter.join(Duration.ofSeconds(20))).as("submitter has ended").isTrue();
    assertThat(killer.join(Duration.ofSeconds(20))).as("killer has ended").isTrue();
    for (Future<Integer> each : futures) {
      assertThat(each.isDone()).as("done: %s", each).isTrue();
      outcome(each, micros);
    }
  }

  private static void outcome(Future<Integer> future, int expected) throws InterruptedException {
    try {
      assertThat(future.get()).isEqualTo(expected);
    } catch (CancellationException _) {
      // by the shutdown
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(WorkerCrashedException.class);
    }
  }

  private static void end(ProcessPool pool, Way way) {
    switch (way) {
      case SHUTDOWN -> pool.shutdown();
      case SHUTDOWN_NOW -> pool.shutdownNow();
      case CLOSE -> pool.close();
      case CLOSE_IN_TIME -> assertThat(pool.close(Duration.ofMillis(5))).isEmpty();
      case TERMINATE_WORKERS -> pool.terminateWorkers();
      case KILL_WORKERS -> pool.killWorkers();
    }
  }

  private static void pause(int micros) {
    try {
      Work.pause(micros);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void poolClosedAtOnceTerminates() throws Exception {
    for (Way way : Way.values()) {
      ProcessPool pool = probe.open(2);
      Future<Long> future = probe.watch(pool.submit(Work::pid));
      end(pool, way);
      assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).as("%s", way).isTrue();
      assertThat(future).as("%s", way).isDone();
    }
  }

  @Test
  void killWorkersFailsWhatRunsAndCancelsWhatWaits() throws Exception {
    assertStops(ProcessPool::killWorkers);
  }

  @Test
  void terminateWorkersFailsWhatRunsAndCancelsWhatWaits() throws Exception {
    assertStops(ProcessPool::terminateWorkers);
  }

  /// The workers that are killed first are gone before the last one is told.
  @Test
  @Timeout(300) // many JVMs start, one after the other
  void noWorkerStartsInPlaceOfOneThatTheEndKilled() throws Exception {
    for (int round = 0; round < 8; round++) {
      Queue<Integer> exited = new ConcurrentLinkedQueue<>();
      ProcessPool pool =
          probe.open(
              4,
              cf ->
                  cf.withWorkerListener(
                      new WorkerListener() {
                        @Override
                        public void exited(
                            WorkerInfo worker, @Nullable WorkerCrashedException crash) {
                          exited.add(worker.number());
                        }
                      }));
      Workers.awaitReady(pool, 4);

      pool.killWorkers();

      assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      await().untilAsserted(() -> assertThat(exited).contains(1, 2, 3, 4));
      assertThat(exited).hasSize(4);
    }
  }

  /// Workers that are just starting are killed, which is nobody's mistake.
  @Test
  void endOfAPoolWhoseWorkersStartWarnsOfNothing() throws Exception {
    try (ChildJvm parent =
        ChildJvm.Start.with("--enable-native-access=ALL-UNNAMED").in(probe).run(Impatient.class)) {
      assertThat(parent.exitCode()).isZero();
      assertThat(parent.lines()).noneMatch(line -> line.contains("WARN"));
    }
  }

  /// Closes each of its pools while a spare starts, a little later each time.
  static final class Impatient {
    public static void main(String[] args) throws Exception {
      for (int round = 0; round < 20; round++) {
        try (ProcessPool pool = Tandem.newProcessPool(1, cf -> cf.withSpares(1))) {
          pool.submit(Work::pid).get();
          Work.pause(round * 4_000);
        }
      }
    }
  }

  private void assertStops(Consumer<ProcessPool> stop) throws Exception {
    ProcessPool pool = probe.open(1);
    Mark started = Mark.in(directory, "started");
    Mark never = Mark.in(directory, "never");
    Future<Long> running = probe.watch(pool.submit(() -> Work.spin(started)));
    Future<Long> waiting = probe.watch(pool.submit(() -> Work.spin(never)));
    long pid = started.awaitPid();

    stop.accept(pool);

    assertThat(Failures.crash(running).pid()).isEqualTo(pid);
    assertThat(waiting.isCancelled()).isTrue();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    Workers.awaitGone(pid);
    assertThat(never.isSet()).isFalse();
  }

  @Test
  void terminateWorkersLetsShutdownHooksRun() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withGrace(Duration.ofSeconds(10)));
    Mark hook = Mark.in(directory, "hook");
    pool.submit(() -> addHook(hook)).get(20, TimeUnit.SECONDS);

    pool.terminateWorkers();

    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(hook.isSet()).isTrue();
  }

  private static int addHook(Mark hook) {
    Runtime.getRuntime().addShutdownHook(new Thread(hook::set));
    return 1;
  }

  @Test
  void shutdownNowReturnsWhatDidNotStart() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark started = Mark.in(directory, "started");
    Future<Long> running = probe.watch(pool.submit(() -> Work.spin(started)));
    long pid = started.awaitPid();
    List<Future<Integer>> waiting =
        List.of(probe.watch(pool.submit(() -> 1)), probe.watch(pool.submit(() -> 2)));

    assertThat(pool.shutdownNow()).hasSize(2);

    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    Workers.awaitGone(pid);
    assertThat(running).isDone();
    assertThat(waiting).allMatch(Future::isCancelled);
  }
}
