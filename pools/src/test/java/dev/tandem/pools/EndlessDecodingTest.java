package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.WorkerListener.ExitReason;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 36: what a worker has answered is decoded in this JVM, and that does not end. Timeouts,
/// cancels, kills and closes hold all the same, and the pool goes on.
class EndlessDecodingTest {
  private static final boolean IN_WORKER = System.getProperty("tandem.worker") != null;
  private static final Duration DEADLINE = Duration.ofMillis(500);

  /// A reader decodes.
  private static volatile CountDownLatch decoding = new CountDownLatch(1);

  /// The decoding may end.
  private static volatile CountDownLatch release = new CountDownLatch(1);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @BeforeEach
  void arm() {
    decoding = new CountDownLatch(1);
    release = new CountDownLatch(1);
  }

  @AfterEach
  void end() {
    release.countDown();
  }

  private static void decodeHere() {
    if (!IN_WORKER) {
      decoding.countDown();
      boolean interrupted = false;
      while (true) {
        try {
          release.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true; // it may not end for that
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Endless implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      decodeHere();
      return this;
    }
  }

  private static final class EndlessFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      decodeHere();
    }
  }

  private static Object endless() {
    return new Endless();
  }

  private static int fail() {
    throw new EndlessFailure();
  }

  private static WorkerListener exits(BlockingQueue<ExitReason> reasons) {
    return new WorkerListener() {
      @Override
      public void exited(WorkerInfo worker, ExitReason reason, WorkerCrashedException crash) {
        reasons.add(reason);
      }
    };
  }

  @Test
  void timeoutHolds() {
    ProcessPool pool = probe.open(1);
    Future<Object> future =
        probe.watch(pool.submit(Task.of("endless", () -> endless()).withTimeout(DEADLINE)));

    TaskTimeoutException timeout = Failures.cause(future, TaskTimeoutException.class);
    assertThat(timeout.taskName()).isEqualTo("endless");
    release.countDown(); // the probe asserts that the pool still answers, and no thread is left
  }

  @Test
  void workerIsGoneForTheReasonOfItsTask() throws Exception {
    BlockingQueue<ExitReason> reasons = new LinkedBlockingQueue<>();
    ProcessPool pool = probe.open(1, cf -> cf.withWorkerListener(exits(reasons)));
    var late = probe.watch(pool.submit(Task.of("late", () -> endless()).withTimeout(DEADLINE)));
    Failures.cause(late, TaskTimeoutException.class);
    assertThat(reasons.poll(20, TimeUnit.SECONDS)).isEqualTo(ExitReason.TIMED_OUT);
    release.countDown();

    arm();
    Future<Object> cancelled = probe.watch(pool.submit(() -> endless()));
    decoding.await();
    cancelled.cancel(true);
    assertThat(reasons.poll(20, TimeUnit.SECONDS)).isEqualTo(ExitReason.CANCELLED);
  }

  @Test
  void timeoutOfAFailureThatIsDecodedHolds() {
    ProcessPool pool = probe.open(1);
    Future<Integer> future =
        probe.watch(pool.submit(Task.of("failing", () -> fail()).withTimeout(DEADLINE)));

    Failures.cause(future, TaskTimeoutException.class);
    release.countDown();
  }

  @Test
  void timeoutHoldsAndWhatIsBehindIsNotUnderWayForEver() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withTimeout(DEADLINE));
    pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
    Future<Object> endless = probe.watch(pool.submit(() -> endless()));
    Future<Integer> behind = probe.watch(pool.submit(() -> 2));

    Failures.cause(endless, TaskTimeoutException.class);
    // what has ended behind it may be lost with it, but is not for ever under way
    Throwable lost = catchThrowable(() -> behind.get(20, TimeUnit.SECONDS));
    if (lost != null) {
      assertThat(lost).isInstanceOf(ExecutionException.class);
    }
    assertThat(pool.submit(() -> 3).get(20, TimeUnit.SECONDS)).isEqualTo(3);
    release.countDown();
  }

  /// The worker has answered and runs the next task, so it is not stopped with the one that is
  /// cancelled; it is killed for its answer, which keeps its reader.
  @Test
  void cancelHoldsWhenItsWorkerHasMovedOn() throws Exception {
    BlockingQueue<ExitReason> reasons = new LinkedBlockingQueue<>();
    ProcessPool pool = probe.open(1, cf -> cf.withWorkerListener(exits(reasons)).withPrefetch(4));
    try (SharedLong running = pool.newLong(-1);
        SharedLong mayEnd = pool.newLong(-1)) {
      for (long round = 0; round < 20; round++) { // until the worker is sent both at once
        long me = round;
        for (int i = 0; i < 100; i++) { // short tasks are sent ahead
          pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
        }
        arm();
        Future<Object> endless = probe.watch(pool.submit(() -> endless()));
        Future<?> behind = probe.watch(pool.submit(() -> runUntil(me, running, mayEnd)));
        decoding.await();
        if (!becomes(round, running)) {
          mayEnd.set(round);
          release.countDown();
          behind.get(20, TimeUnit.SECONDS);
          continue;
        }

        assertThat(endless.cancel(true)).isTrue();

        assertThat(reasons.poll(20, TimeUnit.SECONDS)).isEqualTo(ExitReason.CANCELLED);
        assertThat(Failures.crash(behind)).as("lost with it").isNotNull();
        assertThat(pool.submit(() -> 3).get(20, TimeUnit.SECONDS)).isEqualTo(3);
        release.countDown();
        return;
      }
    }
    throw new AssertionError("no worker has moved on in any round");
  }

  private static void runUntil(long round, SharedLong running, SharedLong mayEnd)
      throws InterruptedException {
    running.set(round);
    while (mayEnd.get() < round) {
      Thread.sleep(5);
    }
  }

  private static boolean becomes(long expected, SharedLong number) throws InterruptedException {
    for (int i = 0; i < 200 && number.get() != expected; i++) {
      Thread.sleep(5);
    }
    return number.get() == expected;
  }

  @Test
  void cancelEndsItAndTheWorker() throws Exception {
    ProcessPool pool = probe.open(1);
    Future<Object> future = probe.watch(pool.submit(() -> endless()));
    decoding.await();

    assertThat(future.cancel(true)).isTrue();

    assertThat(future.isCancelled()).isTrue();
    assertThat(pool.submit(() -> 3).get(20, TimeUnit.SECONDS)).isEqualTo(3);
    release.countDown();
  }

  @Test
  void killOfTheWorkersEndsIt() throws Exception {
    ProcessPool pool = probe.open(1);
    Future<Object> future = probe.watch(pool.submit(() -> endless()));
    decoding.await();

    pool.killWorkers();

    assertThat(Failures.crash(future)).isNotNull();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();
  }

  @Test
  void closeWithALimitEndsIt() throws Exception {
    ProcessPool pool = probe.open(1);
    Future<Object> future = probe.watch(pool.submit(() -> endless()));
    decoding.await();

    assertThat(pool.close(Duration.ofMillis(200))).isEmpty();

    assertThat(future.isDone()).isTrue();
    release.countDown();
  }

  @Test
  void resultThatArrivesLateIsDropped() throws Exception {
    ProcessPool pool = probe.open(1);
    Future<Object> future = probe.watch(pool.submit(() -> endless()));
    decoding.await();
    assertThat(future.cancel(false)).isTrue();

    release.countDown();

    assertThat(pool.submit(() -> 3).get(20, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void deathOfTheWorkerMeanwhileLosesNothing() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    Future<Object> future = probe.watch(pool.submit(() -> endless()));
    decoding.await();

    Workers.kill(pid);
    Workers.awaitGone(pid);
    assertThat(pool.submit(() -> 3).get(20, TimeUnit.SECONDS)).isEqualTo(3); // in another worker
    release.countDown();

    assertThat(future.get(20, TimeUnit.SECONDS)).isInstanceOf(Endless.class);
  }

  @Test
  void inputOfAMapTimesOutAlone() {
    ProcessPool pool = probe.open(2);
    List<Settled<Integer, Object>> settled;
    try (var results =
        pool.mapSettled(
            List.of(1, 2, 3), EndlessDecodingTest::mapped, cf -> cf.withTimeout(DEADLINE))) {
      settled = results.toList();
    }

    assertThat(settled).extracting(Settled::input).containsExactly(1, 2, 3);
    assertThat(settled.get(1).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failure.class,
            f -> assertThat(f.exception()).isInstanceOf(TaskTimeoutException.class));
    release.countDown();
  }

  private static Object mapped(int input) {
    return input == 2 ? new Endless() : input;
  }

  @Test
  void initializerWhoseFailureIsNotDecodedBreaksThePool() {
    SerializableRunnable failing = () -> fail();
    ProcessPool pool =
        probe.openBroken(
            1, cf -> cf.withInitializer(failing).withStartTimeout(Duration.ofSeconds(3)));

    Throwable thrown = catchThrowable(() -> pool.submit(() -> 1).get(50, TimeUnit.SECONDS));

    assertThat(thrown).isInstanceOfAny(ExecutionException.class, RejectedExecutionException.class);
    release.countDown();
  }
}
