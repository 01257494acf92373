package dev.tandem.structured;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.structured.StressBody.StressFailure;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One scope of a round: the owner's actions, and the checks after the scope was closed.
final class StressScope {
  final StressRound round;
  final int depth;
  final Thread owner = Thread.currentThread();
  volatile TaskScope<Object, Object, Exception> scope;
  private final Random random;
  private final StressJoiner joiner;
  private final StressFactory factory;
  private final int limit;
  private final boolean onExecutor;
  private final Queue<StressBody> bodies = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean closed;
  private boolean returned;
  private Object result;
  private Exception thrown;

  StressScope(StressRound round, int depth, Random random) {
    this.round = round;
    this.depth = depth;
    this.random = random;
    this.joiner = StressJoiner.any(random);
    this.factory = StressFactory.any(random);
    this.limit = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    this.onExecutor = random.nextInt(4) == 0;
  }

  private Config configured(Config cf) {
    Config c = limit == 0 ? cf : cf.withConcurrency(limit);
    c = factory == StressFactory.NONE ? c : c.withThreadFactory(factory.make(random.nextLong()));
    c = random.nextInt(4) == 0 ? c.withName("n" + depth) : c;
    c = random.nextInt(6) == 0 ? c.withoutOuterDeadline() : c;
    return switch (random.nextInt(5)) {
      case 0 -> c.withTimeout(Duration.ofNanos(1 + random.nextInt(500_000)));
      case 1 -> c.withTimeout(Duration.ofMinutes(1));
      default -> c;
    };
  }

  /// Opens, forks, joins, closes, and checks.
  ///
  /// @param sawInterrupt called for each interrupt that the owner has seen
  void play(Runnable sawInterrupt) throws Exception {
    try (var s = TaskScope.open(joiner.make(), this::configured)) {
      scope = s;
      round.opened(this);
      forkSome();
      if (depth < StressRound.DEPTH && random.nextInt(4) == 0) {
        openInside(sawInterrupt);
      }
      if (random.nextInt(round.busy ? 2 : 12) == 0) {
        StressBody.spin(random.nextInt(2_000));
        s.cancel();
      }
      if (random.nextInt(12) > 0) {
        join(sawInterrupt);
      }
    } finally {
      closed = true;
    }
    check();
    if (thrown != null) {
      throw thrown;
    }
  }

  /// Whether the exception of `join` only reports that the deadline of an enclosing scope has
  /// passed.
  boolean wasCutOffFromOutside() {
    return thrown != null
        && thrown.getCause() instanceof CancelledByTimeoutException
        && ((Scope<?, ?, ?>) scope).cancellation().origin() != scope;
  }

  private void forkSome() {
    try {
      for (int i = random.nextInt(6); i > 0; i--) {
        fork(random);
        StressBody.spin(random.nextInt(random.nextBoolean() ? 1 : 300));
      }
    } catch (StressFailure _) {
      round.check("only a callback throws", joiner == StressJoiner.THROWS_ON_FORK, this);
    }
  }

  private void openInside(Runnable sawInterrupt) {
    try {
      new StressScope(round, depth + 1, random).play(sawInterrupt);
    } catch (Exception _) {
      // the scope inside was checked by its own play
    }
  }

  private void join(Runnable sawInterrupt) {
    while (true) {
      try {
        thrown = null;
        result = scope.join();
        returned = true;
        return;
      } catch (InterruptedException e) {
        sawInterrupt.run();
        thrown = e;
        if (random.nextBoolean()) {
          return;
        }
      } catch (Exception e) {
        thrown = e;
        return;
      }
    }
  }

  void fork(Random r) {
    boolean elsewhere = onExecutor && r.nextBoolean();
    StressBody body = new StressBody(this, elsewhere, new Random(r.nextLong()));
    bodies.add(body);
    if (elsewhere) {
      body.handle = scope.forkOn(round.executor, (SerializableCallable<Object>) body::call);
    } else {
      body.handle = r.nextBoolean() ? scope.fork(body) : scope.fork("b", body);
    }
  }

  // ---- reports of the bodies

  void bodyBegins(StressBody body) {
    int now = body.onExecutor ? 0 : running.incrementAndGet();
    body.check("no more bodies than the limit", limit == 0 || now <= limit);
    body.check("no body begins in a closed scope", !closed);
  }

  void bodyEnds(StressBody body) {
    if (!body.onExecutor) {
      running.decrementAndGet();
    }
    body.check("no body ends in a closed scope", !closed);
  }

  void readEarly() {
    bodies.forEach(StressBody::readEarly);
  }

  // ---- the ledger

  void check() {
    bodies.forEach(StressBody::check);
    if (returned) {
      checkResult();
    }
    if (thrown != null) {
      checkThrown();
    }
  }

  private void checkResult() {
    List<StressBody> succeeded = bodies.stream().filter(StressBody::succeeded).toList();
    if (joiner.wantsAll()) {
      round.check("all have succeeded", succeeded.size() == bodies.size(), this);
    }
    switch (joiner) {
      case AWAIT -> round.check("no result", result == null, this);
      case ALL -> round.check("all results", sameAs((List<?>) result, succeeded), this);
      case ANY -> round.check("one result", succeeded.contains(result), this);
      case SETTLED -> round.check("all outcomes", settledAs((List<?>) result), this);
      default -> round.check("a result", result != null, this);
    }
  }

  private static boolean sameAs(List<?> results, List<StressBody> succeeded) {
    return results.size() == succeeded.size() && succeeded.containsAll(results);
  }

  /// Whether the outcomes of `join` are still those of the handles. A subtask that another subtask
  /// forked after the join is not among them.
  private boolean settledAs(List<?> results) {
    List<Outcome<?>> now =
        bodies.stream().filter(b -> b.handle != null).<Outcome<?>>map(StressBody::outcome).toList();
    return results.size() <= now.size() && now.containsAll(results);
  }

  private void checkThrown() {
    Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable cause = thrown.getCause();
    if (cause != null) {
      told.add(cause);
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      round.check("no failure is told twice: " + suppressed, told.add(suppressed), this);
    }
    boolean mayBe =
        switch (thrown) {
          case InterruptedException _ -> true;
          case CompletionException _ -> joiner.mayThrow() && cause instanceof StressFailure;
          case CancellationException _ -> joiner.keepsFailures() && scope.isCancelled();
          case ExecutionException _ -> joiner.keepsFailures();
          default -> false;
        };
    round.check("nothing else is thrown: " + thrown, mayBe, this);
    if (joiner.keepsFailures() && !(thrown instanceof CompletionException)) {
      checkFailures(told);
    }
  }

  private void checkFailures(Set<Throwable> told) {
    for (StressBody body : bodies) {
      Throwable failure = body.failure();
      body.check("a failure is told: " + failure, failure == null || told.remove(failure));
    }
    if (thrown instanceof CancellationException || isOfAScopeInside(thrown.getCause())) {
      told.remove(thrown.getCause()); // else it may be the failure that ended an enclosing scope
    }
    // Also allowed: the scope's own exceptions, the rejection of a subtask that was cancelled
    // before
    // it could start, and the failure of a subtask on the executor that was cancelled as it failed.
    told.removeIf(e ->
        e instanceof CancelledByTimeoutException
            || e instanceof NoSuchElementException
            || e instanceof RejectedExecutionException
            || bodies.stream().anyMatch(b -> b.onExecutor && b.threw(e)));
    round.check("nothing else is told: " + told, told.isEmpty(), this);
  }

  /// Whether a body has failed with the exception of a scope inside, whose cause is this one.
  private boolean isOfAScopeInside(@Nullable Throwable cause) {
    return cause != null
        && bodies.stream()
            .anyMatch(b -> b.failure() instanceof ExecutionException e && e.getCause() == cause);
  }

  @Override
  public String toString() {
    return "%s, factory %s, limit %d, at depth %d, %d bodies, returned=%s %s, thrown %s (cause %s, suppressed %s), cancelled=%s"
        .formatted(
            joiner,
            factory,
            limit,
            depth,
            bodies.size(),
            returned,
            returned ? String.valueOf(result).length() : "",
            thrown,
            thrown == null ? null : thrown.getCause(),
            thrown == null ? null : Arrays.toString(thrown.getSuppressed()),
            scope == null ? null : ((Scope<?, ?, ?>) scope).state.cancellation());
  }
}
