package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Hypothesis: a scope that is opened inside another one while that one is cancelled is cancelled,
/// too.
///
/// Results: why the inner one was cancelled.
///
/// Verdict: holds. If it looked whether the outer one was cancelled before it shows itself there,
/// it would not: see [OpenAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// OpenAgainstCancel$"`
@JCStressTest
@Outcome(id = "OUTER", expect = Expect.ACCEPTABLE, desc = "Cancelled from outside.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It lives in a scope that was cancelled.")
@State
public class OpenAgainstCancel {
  private final StressStart start = new StressStart();
  private final StressEnd end = new StressEnd();
  private StressScope s;

  @Actor
  public void owner(L_Result r) {
    s = StressScope.inTree();
    start.together();
    StressScope inner = StressScope.inTree();
    r.r1 = end.isReached() && inner.scope.isCancelled() ? inner.scope.cancellation().kind() : "no";
    inner.scope.close();
    s.scope.close();
  }

  @Actor
  public void canceller() {
    start.together();
    s.scope.cancel();
    end.reach();
  }
}
