package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: a subtask that is forked while its scope is cancelled never runs, or is told to
/// stop.
///
/// Results: starts, interrupts, did the handle complete as cancelled, how many are unfinished.
///
/// Verdict: holds. If the fork looked for the cancellation before it added the subtask, it would
/// not: see [CancelAgainstForkWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.CancelAgainstFork$"`
@JCStressTest
@Outcome(id = "0, 0, true, 0", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "1, 1, true, 0", expect = Expect.ACCEPTABLE, desc = "Told to stop, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on, or the handle has no answer.")
@State
public class CancelAgainstFork {
  private final StressStart start = new StressStart();
  private StressScope s;
  private Child<?> child;

  @Actor
  public void owner() {
    s = new StressScope();
    start.together();
    child = s.fork();
  }

  @Actor
  public void canceller() {
    start.together();
    s.scope.cancel();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = s.starts(0);
    r.r2 = s.interrupts(0);
    r.r3 = child.stage() == Child.CANCELLED;
    r.r4 = s.unfinished();
  }
}
