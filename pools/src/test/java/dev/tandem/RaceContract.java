package dev.tandem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Submitting, cancelling and shutting down all at once: whatever was accepted gets an end.
interface RaceContract extends ExecutorFixture {
  int ROUNDS = 40;

  @Test
  default void twoTasksRunAtOnce() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    CyclicBarrier meeting = new CyclicBarrier(2);
    List<Future<Integer>> futures =
        executor.invokeAll(
            List.of(() -> meeting.await(20, SECONDS), () -> meeting.await(20, SECONDS)));
    assertThat(futures).extracting(Future::resultNow).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  default void everyAcceptedTaskRunsWhenShutdownRacesWithSubmit() throws Exception {
    needs(Need.SAME_JVM);
    for (int i = 0; i < ROUNDS; i++) {
      TaskExecutor executor = i % 2 == 0 || runsInCaller() ? create() : createSingle();
      Submitters submitters = new Submitters(executor);
      submitters.awaitSome();
      executor.shutdown();
      submitters.join();
      assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
      assertThat(submitters.accepted)
          .allMatch(Future::isDone)
          .allMatch(future -> future.state() == Future.State.SUCCESS);
      assertThat(submitters.runs).hasValue(submitters.accepted.size());
    }
  }

  @Test
  default void everyAcceptedFutureEndsWhenShutdownNowRacesWithSubmit() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      TaskExecutor executor = i % 2 == 0 || runsInCaller() ? create() : createSingle();
      assertEveryFutureEnds(executor);
    }
  }

  @Test
  default void everyAcceptedFutureEndsWhenShutdownNowRacesWithBlockedSubmit() throws Exception {
    needs(Need.QUEUE);
    for (int i = 0; i < ROUNDS; i++) {
      assertEveryFutureEnds(createSingle(cf -> cf.withQueue(1, Saturation.BLOCK)));
    }
  }

  private static void assertEveryFutureEnds(TaskExecutor executor) throws Exception {
    Submitters submitters = new Submitters(executor);
    submitters.awaitSome();
    var _ = executor.shutdownNow();
    submitters.join();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(submitters.accepted).allMatch(Future::isDone);
    long succeeded =
        submitters.accepted.stream().filter(f -> f.state() == Future.State.SUCCESS).count();
    assertThat(submitters.runs.get()).isGreaterThanOrEqualTo((int) succeeded);
    assertThat(executor.stats().completed()).isEqualTo(executor.stats().submitted());
    assertThat(executor.stats().queued()).isZero();
    assertThat(executor.stats().running()).isZero();
  }

  @Test
  default void taskRefusedInRaceWithShutdownIsNotCountedAsSubmitted() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      TaskExecutor executor = i % 2 == 0 || runsInCaller() ? create() : createSingle();
      Submitters submitters = new Submitters(executor);
      submitters.awaitSome();
      var _ = executor.shutdownNow();
      submitters.join();
      assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
      assertThat(executor.stats().submitted()).isEqualTo(submitters.accepted.size());
    }
  }

  @Test
  default void manyThreadsMayShutDownAtOnce() throws Exception {
    for (int i = 0; i < 5 * ROUNDS; i++) {
      boolean queued = lacks(Need.QUEUE).isEmpty() && i % 2 == 0;
      TaskExecutor executor =
          queued ? createSingle(cf -> cf.withQueue(1, Saturation.BLOCK)) : create();
      CyclicBarrier together = new CyclicBarrier(3);
      List<Caller<Boolean>> callers = new ArrayList<>();
      for (int c = 0; c < 3; c++) {
        boolean now = c == 0;
        callers.add(
            Caller.start(() -> {
              var _ = together.await(20, SECONDS);
              if (now) {
                var _ = executor.shutdownNow();
              } else {
                executor.shutdown();
              }
              return executor.awaitTermination(20, SECONDS);
            }));
      }
      for (Caller<Boolean> caller : callers) {
        assertThat(caller.result()).isTrue();
      }
    }
  }

  @Test
  default void roomInTheQueueIsExactAfterManyRaces() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(2, Saturation.BLOCK));
    List<Caller<Integer>> submitters = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      submitters.add(Caller.start(() -> submitAndCancel(executor)));
    }
    // some of the waits for room end by an interrupt
    while (!submitters.stream().allMatch(Caller::isDone)) {
      submitters.forEach(Caller::interrupt);
      LockSupport.parkNanos(50_000);
    }
    await().until(() -> executor.stats().completed() == executor.stats().submitted());
    await().until(() -> executor.stats().running() == 0);
    HeldTask running = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    for (int i = 0; i < 2; i++) {
      var _ = executor.submit(() -> "there is room");
    }
    Caller<?> oneTooMany = Caller.start(() -> executor.submit(() -> "")).awaitBlocked();
    oneTooMany.interrupt();
    assertThat(oneTooMany.failure()).isInstanceOf(RejectedExecutionException.class);
  }

  private static int submitAndCancel(TaskExecutor executor) {
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        Future<?> future = executor.submit(() -> {});
        if (i % 3 != 0) {
          future.cancel(i % 2 == 0);
        }
      } catch (RejectedExecutionException e) {
        var _ = Thread.interrupted();
        refused++;
      }
    }
    return refused;
  }

  /// Two threads that submit until they are refused, or have submitted so much that the rest of the
  /// test would only wait for a slow machine to work it off.
  final class Submitters {
    private static final int MOST = 5_000;

    final List<Future<?>> accepted = new ArrayList<>();
    final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch some = new CountDownLatch(20);
    private final List<Caller<List<Future<?>>>> callers = new ArrayList<>();

    Submitters(TaskExecutor executor) {
      for (int i = 0; i < 2; i++) {
        callers.add(Caller.start(() -> submitUntilRefused(executor)));
      }
    }

    private List<Future<?>> submitUntilRefused(TaskExecutor executor) {
      List<Future<?>> futures = new ArrayList<>();
      try {
        while (futures.size() < MOST) {
          Future<?> future = executor.submit(this::run);
          futures.add(future);
          some.countDown();
        }
      } catch (RejectedExecutionException e) {
        // the end that was raced for
      }
      return futures;
    }

    private void run() {
      runs.incrementAndGet();
    }

    void awaitSome() throws InterruptedException {
      assertThat(some.await(20, SECONDS)).isTrue();
    }

    void join() throws Exception {
      for (Caller<List<Future<?>>> caller : callers) {
        accepted.addAll(caller.result());
      }
    }
  }
}
