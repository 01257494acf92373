package dev.tandem.structured;

import dev.tandem.structured.CancelReason.Kind;
import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Counts are exact, one reason for cancelling counts, and no thread misses a deadline. Waiting is
/// not covered, because Lincheck does not see parking: the quiet rounds of the stress test look for
/// lost wake-ups.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many runs, perhaps on a busy machine
class ScopeStateLincheckTest {
  private static final String[] PROGRAMS = {
    "fork finish fork | expire",
    "cancel | cancel | expire",
    "fork | fork | expire",
    "fork finish | finish expire"
  };

  @Test
  void holdsInEveryInterleavingThatTheModelCheckerTries() {
    LincheckScope.run(Model.class, 2, 3).modelChecks(PROGRAMS);
  }

  /// The state of a scope, with the operations of a scope on it.
  public static final class Model {
    private final LincheckScope outer = new LincheckScope();
    private final ScopeState state = new ScopeState(Thread.currentThread());
    private final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> running = new ConcurrentLinkedQueue<>();
    private final Queue<CancelReason> reasons = new ConcurrentLinkedQueue<>();
    private final AtomicInteger expired = new AtomicInteger();

    public Model() {
      LincheckScope.forget();
    }

    @Operation
    public void fork() {
      int number = state.fork();
      numbers.add(number);
      if (state.expiredBy() != null) {
        cancel(Kind.TIMEOUT);
      }
      running.add(number);
    }

    @Operation
    public void finish() {
      if (running.poll() != null) {
        state.finished();
      }
    }

    @Operation
    public void expire() {
      if (state.expire(outer.scope)) {
        cancel(Kind.TIMEOUT);
      }
      expired.incrementAndGet();
    }

    @Operation
    public void cancel() {
      cancel(Kind.REQUESTED);
    }

    private void cancel(Kind kind) {
      CancelReason reason = new CancelReason(kind, outer.scope, null);
      if (state.cancel(reason)) {
        reasons.add(reason);
      }
    }

    @Validate
    public void everythingIsCounted() {
      LincheckRun.check("forked", state.forked() == numbers.size());
      LincheckRun.check("unfinished", state.unfinished() == running.size());
      LincheckRun.check("own numbers", numbers.stream().distinct().count() == numbers.size());
      LincheckRun.check("one reason", reasons.size() <= 1);
      LincheckRun.check("the first reason", reasons.peek() == state.cancellation());
      boolean late = expired.get() > 0 && !running.isEmpty();
      LincheckRun.check("no work survives its deadline", !late || state.cancellation() != null);
    }
  }
}
