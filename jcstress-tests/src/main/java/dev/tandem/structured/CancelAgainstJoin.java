package dev.tandem.structured;

import static dev.tandem.structured.StressEnd.pauseUntilParked;

import dev.tandem.queues.StressStart;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: an owner that waits is woken by a cancellation, and when `join` returns, each handle
/// has its final answer, however slow the canceller is. The subtask is interrupted once, whichever
/// of the two tells it.
///
/// Results: what `join` returned, had the handle its answer then, was the owner woken, interrupts.
///
/// Verdict: holds. If `join` left the telling to the canceller, it would not: see
/// [CancelAgainstJoinWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.CancelAgainstJoin$"`
@JCStressTest
@Outcome(id = "joined, true, woken, 1", expect = Expect.ACCEPTABLE, desc = "Cancelled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, no answer, or two interrupts.")
@State
public class CancelAgainstJoin {
  private final StressStart start = new StressStart();
  private final StressEnd end = new StressEnd();
  private final StressFuture future = new StressFuture();
  private StressScope s;
  private Child<Integer> child;

  @Actor
  public void owner(LLLL_Result r) {
    s = StressScope.withoutThreads();
    child = s.forkOn(future);
    start.together();
    r.r1 = s.join();
    r.r2 = child.wasCutOff();
    end.reach();
  }

  @Actor
  public void canceller(LLLL_Result r) {
    start.together();
    pauseUntilParked();
    s.scope.cancel();
    r.r3 = "woken";
    if (!end.isReached()) {
      r.r3 = "not woken";
      LockSupport.unpark(s.scope.owner);
    }
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r4 = future.cancels();
  }
}
