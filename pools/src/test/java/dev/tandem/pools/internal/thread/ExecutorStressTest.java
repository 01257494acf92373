package dev.tandem.pools.internal.thread;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Task;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.thread.TaskLedger.Body;
import dev.tandem.pools.internal.thread.TaskLedger.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Submits, cancels, times out, interrupts and closes at random, and then compares what everybody
/// saw: every accepted task has one outcome and one end, the counts agree, an interrupt reaches
/// whom it was meant for, no permit and no thread is lost.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class ExecutorStressTest {
  @ParameterizedTest
  @EnumSource
  void everyTaskIsAccountedFor(StressKind kind) throws Exception {
    kind.play(random -> new Round(kind, random).play());
  }

  /// How a round ends.
  private enum Ending {
    QUIET(false),
    SHUTDOWN(false),
    SHUTDOWN_NOW(true),
    CLOSE(false),
    CLOSE_IN_TIME(true);

    final boolean interrupts;

    Ending(boolean interrupts) {
      this.interrupts = interrupts;
    }
  }

  private static final class Round {
    private final StressKind kind;
    private final Random random;
    private final TaskLedger ledger = new TaskLedger();
    private final AbstractTaskExecutor executor;
    private final long bodyNanos;
    private final Ending ending;
    private volatile boolean over;

    Round(StressKind kind, Random random) {
      this.kind = kind;
      this.random = random;
      this.executor = kind.create(ledger);
      ledger.terminated = executor::isTerminated;
      this.bodyNanos = 1 + random.nextInt(400_000);
      this.ending = random.nextBoolean() ? Ending.QUIET : Ending.values()[random.nextInt(5)];
    }

    void play() throws Exception {
      List<StressActor> submitters = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        submitters.add(new StressActor("submitter", this::submit, random.nextLong()));
      }
      List<StressActor> others = new ArrayList<>();
      others.add(new StressActor("canceller", this::cancel, random.nextLong()));
      others.add(new StressActor("interrupter", r -> interrupt(submitters, r), random.nextLong()));
      closeAtSomeMoment();
      for (StressActor submitter : submitters) {
        submitter.join();
      }
      over = true;
      for (StressActor other : others) {
        other.join();
      }
      if (ending == Ending.QUIET) {
        await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(20, SECONDS)
            .until(() -> ledger.isQuiet() && executor.stats().running() == 0);
        ledger.check(executor.stats());
        takesAsManyTasksAsAtFirst();
      }
      executor.shutdown();
      assertThat(executor.awaitTermination(20, SECONDS)).as("terminated").isTrue();
      ledger.check(executor.stats());
      executor.close();
    }

    // ---- the actors

    private void submit(Random r) {
      int n = 10 + r.nextInt(40);
      for (int i = 0; i < n; i++) {
        Thread.interrupted(); // an interrupter came when nothing blocked
        Body body = ledger.new Body(nanos(r), r.nextInt(8) == 0);
        try {
          submit(body, r);
        } catch (RejectedExecutionException e) {
          if (!executor.isShutdown() && kind.capacity < 0) {
            throw e;
          }
        }
      }
    }

    private long nanos(Random r) {
      if (ending.interrupts && r.nextInt(8) == 0) {
        return SECONDS.toNanos(40); // until it is interrupted: no body may be forgotten
      }
      return r.nextInt(3) == 0 ? 0 : r.nextLong(bodyNanos);
    }

    private void submit(Body body, Random r) {
      switch (r.nextInt(6)) {
        case 0 -> {
          executor.execute(() -> {
            var _ = body.call();
          });
          ledger.executed();
        }
        case 1 -> {
          body.mayBeInterrupted = true;
          Duration timeout = Duration.ofNanos(1 + r.nextLong(2 * bodyNanos));
          Task<Integer> task = Task.of("timed", body::call).withTimeout(timeout);
          ledger.accepted(body, executor.submit(task));
        }
        case 2 -> {
          Body inner = ledger.new Body(0, false);
          ledger.accepted(body, executor.submit(() -> submitInside(inner, body)));
        }
        default -> {
          Future<?> future = executor.submit(body::call);
          ledger.accepted(body, future);
          if (r.nextBoolean()) {
            cancelAboutWhenItStartsOrEnds(body, future, r);
          }
        }
      }
    }

    private void cancelAboutWhenItStartsOrEnds(Body body, Future<?> future, Random r) {
      boolean interrupts = r.nextBoolean();
      body.mayBeInterrupted |= interrupts;
      Thread running = null;
      for (int spins = r.nextInt(2_000); spins > 0 && running == null; spins--) {
        running = ((TaskRun<?>) future).thread();
        Thread.onSpinWait();
      }
      for (int spins = r.nextInt(50); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      future.cancel(interrupts);
    }

    private Integer submitInside(Body inner, Body outer) throws Exception {
      try {
        ledger.accepted(inner, executor.submit(inner::call));
      } catch (RejectedExecutionException e) {
        // full, or shut down
      }
      return outer.call();
    }

    private void cancel(Random r) throws Exception {
      while (!over) {
        for (Submission s : ledger.submissions) {
          if (!s.future().isDone() && r.nextInt(4) == 0) {
            boolean interrupts = r.nextBoolean();
            s.body().mayBeInterrupted |= interrupts;
            if (s.future().cancel(interrupts)) {
              assertThat(s.future().isCancelled()).isTrue();
            }
          }
        }
        StressActor.pause(r.nextInt(200_000));
      }
    }

    private void interrupt(List<StressActor> submitters, Random r) throws Exception {
      while (!over) {
        submitters.get(r.nextInt(submitters.size())).thread().interrupt();
        StressActor.pause(r.nextInt(500_000));
      }
    }

    private void closeAtSomeMoment() throws Exception {
      if (ending == Ending.QUIET) {
        return;
      }
      StressActor.pause(random.nextInt(5_000_000));
      ledger.stopping = ending.interrupts;
      switch (ending) {
        case SHUTDOWN -> executor.shutdown();
        case SHUTDOWN_NOW -> {
          var _ = executor.shutdownNow();
        }
        case CLOSE_IN_TIME ->
            assertThat(executor.close(Duration.ofNanos(random.nextInt(3_000_000)))).isEmpty();
        default -> executor.close();
      }
    }

    // ---- after the executor went quiet

    private void takesAsManyTasksAsAtFirst() throws Exception {
      int together = Math.max(1, kind.threads);
      CyclicBarrier meeting = new CyclicBarrier(together + 1);
      CountDownLatch open = new CountDownLatch(1);
      List<Future<?>> taken = new ArrayList<>();
      StressActor filler =
          new StressActor(
              "filler",
              _ -> {
                for (int i = 0; i < together; i++) {
                  taken.add(
                      submitted(() -> {
                        var _ = meeting.await(20, SECONDS);
                        open.await();
                        return 1;
                      }));
                }
                for (int i = 0; i < kind.capacity; i++) {
                  taken.add(submitted(() -> 1));
                }
              },
              0);
      filler.join();
      var _ = meeting.await(20, SECONDS); // as many run at the same time as before
      if (executor.admission != null) {
        assertThat(executor.admission.tryAcquire()).as("room for one more").isFalse();
      }
      open.countDown();
      for (Future<?> future : taken) {
        assertThat(future.get(20, SECONDS)).isEqualTo(1);
      }
    }

    private Future<Integer> submitted(Callable<Integer> body) {
      Body none = ledger.new Body(0, false);
      Future<Integer> future =
          executor.submit(() -> {
            var _ = none.call();
            return body.call();
          });
      ledger.accepted(none, future);
      return future;
    }
  }
}
