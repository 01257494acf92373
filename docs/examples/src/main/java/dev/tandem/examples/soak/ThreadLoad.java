package dev.tandem.examples.soak;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome;
import dev.tandem.core.Saturation;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Small executors on threads that live for one round: several submitters, tiny queues, timeouts,
/// cancels and interrupts, and each of the ways to end.
final class ThreadLoad implements Load {
  private enum Kind {
    RETURN,
    THROW,
    PAUSE,
    /// Runs until its timeout, or a while longer: `cancel(false)` does not tell it to stop.
    LONG
  }

  private record Submission(int id, Kind kind, Future<Integer> future, boolean cancelled) {}

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public void play(Round round) throws Exception {
    var told = new Told();
    var submissions = new ConcurrentLinkedQueue<Submission>();
    TaskExecutor executor = open(round, told);
    try (var scope = TaskScope.open()) {
      for (int i = round.between(1, 3); i > 0; i--) {
        Round actor = round.actor();
        scope.fork(() -> submitSome(actor, executor, submissions));
      }
      scope.join();
    }
    boolean stopped = end(round, executor);
    for (Submission each : submissions) {
      settle(round.account(), each, stopped);
    }
    told.check(executor.stats(), round.account());
  }

  private static TaskExecutor open(Round round, Told told) {
    int threads = round.between(1, 3);
    boolean queue = round.oneIn(2);
    int places = round.between(1, 3);
    Saturation whenFull = round.oneIn(2) ? Saturation.BLOCK : Saturation.REJECT;
    return switch (round.random().nextInt(4)) {
      case 0 ->
          Tandem.newThreadPool(threads, cf -> queued(told(cf, told), queue, places, whenFull));
      case 1 -> Tandem.newVirtualThreadExecutor(cf -> told(cf, told));
      case 2 ->
          Tandem.newVirtualThreadExecutor(
              cf -> queued(told(cf, told).withConcurrency(threads), queue, places, whenFull));
      default -> Tandem.taskExecutor(Executors.newFixedThreadPool(threads), cf -> told(cf, told));
    };
  }

  private static ThreadConfig told(ThreadConfig cf, Told told) {
    return cf.withName("soak-short").withListener(told);
  }

  private static ThreadConfig queued(
      ThreadConfig cf, boolean queue, int places, Saturation whenFull) {
    return queue ? cf.withQueue(places, whenFull) : cf;
  }

  private static void submitSome(Round round, TaskExecutor executor, Queue<Submission> submissions)
      throws Exception {
    for (int i = round.between(1, 40); i > 0; i--) {
      if (round.oneIn(30)) {
        MapWork.play(round, executor);
      }
      int id = round.account().enter();
      Kind kind = kind(round);
      int micros = round.random().nextInt(1_000);
      try {
        Future<Integer> future =
            executor.submit(task(kind, () -> body(round.account(), id, kind, micros)));
        boolean cancel = round.oneIn(10);
        round.step();
        if (cancel) {
          future.cancel(round.oneIn(2));
        }
        submissions.add(new Submission(id, kind, future, cancel));
      } catch (RejectedExecutionException _) {
        round.account().settle(id, Fate.REFUSED);
      }
    }
  }

  private static Kind kind(Round round) {
    return switch (round.random().nextInt(50)) {
      case 0 -> Kind.LONG;
      case 1, 2, 3, 4 -> Kind.THROW;
      case 5, 6, 7, 8, 9, 10, 11 -> Kind.PAUSE;
      default -> Kind.RETURN;
    };
  }

  private static Task<Integer> task(Kind kind, SerializableCallable<Integer> body) {
    Task<Integer> task = Task.of("soak " + kind, body);
    return kind == Kind.LONG ? task.withTimeout(Duration.ofMillis(3)) : task;
  }

  private static int body(Account account, int id, Kind kind, int micros)
      throws InterruptedException {
    account.ran(id);
    switch (kind) {
      case RETURN -> {}
      case THROW -> throw new SoakFailure();
      case PAUSE -> TimeUnit.MICROSECONDS.sleep(micros);
      case LONG -> TimeUnit.MILLISECONDS.sleep(200);
    }
    return Account.valueOf(id);
  }

  /// {@return whether tasks may have been stopped}
  private static boolean end(Round round, TaskExecutor executor) throws InterruptedException {
    boolean stopped = false;
    switch (round.random().nextInt(4)) {
      case 0 -> executor.close();
      case 1 -> {
        var _ = executor.shutdownNow();
        stopped = true;
      }
      case 2 -> {
        var _ = executor.close(Duration.ofMillis(round.random().nextInt(3)));
        stopped = true;
      }
      default -> executor.shutdown();
    }
    if (!executor.awaitTermination(1, TimeUnit.HOURS)) { // the watchdog waits less
      round.account().problem("does not terminate");
    }
    return stopped;
  }

  private static void settle(Account account, Submission each, boolean stopped) {
    if (!each.future().isDone()) {
      account.problem("not done after the end: " + each);
      return;
    }
    boolean mayBeCancelled = stopped || each.cancelled();
    Outcome<Integer> outcome = Outcome.of(each.future());
    account.settle(
        each.id(), outcome, failure -> isExpected(each, failure, stopped), mayBeCancelled);
    if (!(outcome instanceof Outcome.Cancelled) && !account.hasRun(each.id())) {
      account.problem("has an outcome, but never ran: " + each.id());
    }
  }

  private static boolean isExpected(Submission each, Throwable failure, boolean stopped) {
    return switch (failure) {
      case SoakFailure _ -> each.kind() == Kind.THROW;
      case TaskTimeoutException _ -> each.kind() == Kind.LONG;
      case InterruptedException _ -> stopped;
      default -> false;
    };
  }
}
