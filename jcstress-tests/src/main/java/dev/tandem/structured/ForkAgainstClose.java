package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;

/// Hypothesis: a subtask that another subtask forks while the owner closes the scope never runs, or
/// is told to stop; and `close` returns after it has ended.
///
/// Results: starts of the inner one, its interrupts, was all over when `close` returned.
///
/// Verdict: holds. If `close` told the subtasks before it marked the scope, it would not: see
/// [ForkAgainstCloseWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.ForkAgainstClose$"`
@JCStressTest
@Outcome(id = "0, 0, over", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "1, 1, over", expect = Expect.ACCEPTABLE, desc = "Told to stop, and waited for.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It outlives its scope, or close waits for ever.")
@State
public class ForkAgainstClose {
  private final StressStart start = new StressStart();
  private final StressEnd end = new StressEnd();
  private StressScope s;
  private ThreadChild<Integer> forking;
  private volatile ThreadChild<Integer> forked;

  @Actor
  public void owner(IIL_Result r) {
    s = new StressScope();
    forking = s.forkPlayed();
    start.together();
    s.scope.close();
    r.r3 = forking.isOver() && forked != null && forked.isOver() ? "over" : "alive";
    end.reach();
  }

  @Actor
  public void subtask(IIL_Result r) {
    start.together();
    ThreadChild<Integer> child = s.forkInside();
    forked = child;
    forking.succeed(1);
    s.end(0);
    if (!end.isReached()) {
      child.succeed(2);
      s.end(1);
    }
    r.r1 = s.starts(1);
    r.r2 = s.interrupts(1);
  }
}
