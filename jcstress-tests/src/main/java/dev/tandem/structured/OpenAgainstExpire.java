package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;

/// Hypothesis: the deadline of a scope holds in a scope that is opened inside it while the deadline
/// passes: what is forked there never runs, or is told to stop.
///
/// Results: starts, interrupts, the scope that set the deadline.
///
/// Verdict: holds. [OpenAgainstCancelWeakened] shows what it needs.
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// OpenAgainstExpire$"`
@JCStressTest
@Outcome(id = "0, 0, outer", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "1, 1, outer", expect = Expect.ACCEPTABLE, desc = "Told to stop, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs beyond the deadline.")
@State
public class OpenAgainstExpire {
  private final StressStart start = new StressStart();
  private final StressEnd end = new StressEnd();
  private StressScope s;

  @Actor
  public void owner(IIL_Result r) {
    s = StressScope.inTree();
    start.together();
    StressScope inner = StressScope.inTree();
    ThreadChild<Integer> child = inner.fork();
    boolean reached = end.isReached();
    r.r1 = inner.starts(0);
    r.r2 = inner.interrupts(0);
    boolean told = reached && inner.isTimedOut();
    r.r3 = told && inner.scope.cancellation().origin() == s.scope ? "outer" : "none";
    if (!child.isFinal()) {
      child.succeed(1);
      inner.end(0);
    }
    inner.scope.close();
    s.scope.close();
  }

  @Actor
  public void timer() {
    start.together();
    s.expire();
    end.reach();
  }
}
