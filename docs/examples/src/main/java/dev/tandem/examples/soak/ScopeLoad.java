package dev.tandem.examples.soak;

import dev.tandem.core.Outcome;
import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Trees of scopes: any joiner, limits, deadlines, subtasks on threads, on executors and in worker
/// processes, failures, cancels, an owner that is interrupted, blocks left without a join.
final class ScopeLoad implements Load {
  private static final int DEPTH = 2;

  private record Forked(int id, Body body, TaskScope<?, ?, ?> scope, Subtask<Integer> handle) {}

  private enum Body {
    RETURN,
    THROW,
    PAUSE,
    /// Ends only when it is told to.
    HANG,
    NEST,
    ON_THREADS,
    IN_PROCESS
  }

  private final House house;

  ScopeLoad(House house) {
    this.house = house;
  }

  @Override
  public String name() {
    return "scopes";
  }

  @Override
  public void play(Round round) {
    Queue<Forked> forked = new ConcurrentLinkedQueue<>();
    AtomicInteger inside = new AtomicInteger();
    tree(round, forked, inside, 0);
    if (inside.get() != 0) {
      round.account().problem(inside + " bodies run after their scope was left");
    }
    forked.forEach(each -> settle(round.account(), each));
  }

  private void tree(Round round, Queue<Forked> forked, AtomicInteger inside, int depth) {
    boolean timed = round.oneIn(3);
    try (var scope = open(round, timed)) {
      for (int i = round.between(1, 6); i > 0; i--) {
        round.step();
        Body body = body(round, depth, timed);
        int id = round.account().enter();
        forked.add(
            new Forked(id, body, scope, fork(round, scope, id, body, forked, inside, depth)));
      }
      if (round.oneIn(10)) {
        Thread owner = Thread.currentThread();
        scope.fork(owner::interrupt);
      }
      leave(round, scope);
    } catch (ExecutionException | InterruptedException | CancellationException _) {
      // the joiner's; what became of each subtask is looked at later
    } finally {
      var _ = Thread.interrupted();
    }
  }

  private static TaskScope<Integer, ?, ? extends Exception> open(Round round, boolean timed) {
    Duration timeout = Duration.ofMillis(round.between(1, 15));
    int limit = round.between(1, 3);
    boolean limited = round.oneIn(3);
    boolean platform = round.oneIn(8);
    Joiner<Integer, ?, ? extends Exception> joiner =
        switch (round.random().nextInt(5)) {
          case 0 -> Joiner.allSuccessfulOrThrow();
          case 1 -> Joiner.anySuccessfulOrThrow();
          case 2 -> Joiner.allUntil(each -> each.state() == Subtask.State.FAILED);
          case 3 -> Joiner.allSettled();
          default -> Joiner.awaitAllSuccessfulOrThrow();
        };
    return TaskScope.open(
        joiner,
        cf -> {
          var with = cf.withName("soak-scope");
          with = timed ? with.withTimeout(timeout) : with;
          with = limited ? with.withConcurrency(limit) : with;
          return platform ? with.withThreadFactory(Thread.ofPlatform().factory()) : with;
        });
  }

  private static Body body(Round round, int depth, boolean timed) {
    int dice = round.random().nextInt(100);
    if (dice < 3) {
      return Body.IN_PROCESS;
    } else if (dice < 15) {
      return Body.ON_THREADS;
    } else if (dice < 25) {
      return Body.THROW;
    } else if (dice < 30 && timed) {
      return Body.HANG;
    } else if (dice < 40 && depth < DEPTH) {
      return Body.NEST;
    }
    return dice < 60 ? Body.PAUSE : Body.RETURN;
  }

  private Subtask<Integer> fork(
      Round round,
      TaskScope<Integer, ?, ?> scope,
      int id,
      Body body,
      Queue<Forked> forked,
      AtomicInteger inside,
      int depth) {
    Round own = round.actor();
    return switch (body) {
      case IN_PROCESS -> scope.forkOn(house.processes(), () -> Account.valueOf(id));
      case ON_THREADS -> {
        TaskExecutor executor = own.oneIn(2) ? house.threads() : house.virtualThreads();
        yield scope.forkOn(executor, () -> run(own, id, Body.PAUSE, inside));
      }
      case NEST ->
          scope.fork(() -> {
            tree(own, forked, inside, depth + 1);
            return run(own, id, body, inside);
          });
      default -> scope.fork("soak-" + body, () -> run(own, id, body, inside));
    };
  }

  private static int run(Round round, int id, Body body, AtomicInteger inside)
      throws InterruptedException {
    round.account().ran(id);
    inside.incrementAndGet();
    try {
      switch (body) {
        case THROW -> throw new SoakFailure();
        case PAUSE -> TimeUnit.MICROSECONDS.sleep(round.random().nextInt(1_000));
        case HANG -> TimeUnit.HOURS.sleep(1);
        default -> {}
      }
      return Account.valueOf(id);
    } finally {
      inside.decrementAndGet();
    }
  }

  private static void leave(Round round, TaskScope<Integer, ?, ? extends Exception> scope)
      throws ExecutionException, InterruptedException {
    switch (round.random().nextInt(10)) {
      case 0 -> scope.cancel();
      case 1 -> {} // without a join
      default -> join(scope);
    }
  }

  private static void join(TaskScope<Integer, ?, ? extends Exception> scope)
      throws ExecutionException, InterruptedException {
    try {
      var _ = scope.join();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw e instanceof ExecutionException failed
          ? failed
          : new ExecutionException("no joiner throws this", e);
    }
  }

  private void settle(Account account, Forked each) {
    Outcome<Integer> outcome = each.handle().outcome();
    account.settle(
        each.id(),
        outcome,
        failure ->
            each.body() == Body.IN_PROCESS
                ? house.deaths().saw(failure)
                : each.body() == Body.THROW && failure instanceof SoakFailure,
        each.scope().isCancelled());
  }
}
