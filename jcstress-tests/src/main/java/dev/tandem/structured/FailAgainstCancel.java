package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// Hypothesis: `join` and the handles say the same after a cancellation that raced with a failure:
/// it throws the failure if the handle has one, also if the subtask has not reported it yet.
///
/// Results: the state of the handle, what `join` did.
///
/// Verdict: holds. If `join` relied on the reports of subtasks, it would not: see
/// [FailAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// FailAgainstCancel$"`
@JCStressTest
@Outcome(id = "FAILED, threw", expect = Expect.ACCEPTABLE, desc = "It failed first.")
@Outcome(id = "UNAVAILABLE, joined", expect = Expect.ACCEPTABLE, desc = "It was cancelled first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The failure is lost, or comes out of nowhere.")
@State
public class FailAgainstCancel {
  private static final Exception FAILURE = new Exception();

  private final StressStart start = new StressStart();
  private StressScope s;
  private ThreadChild<Integer> child;

  @Actor
  public void owner(LL_Result r) {
    s = new StressScope();
    child = s.forkPlayed();
    start.together();
    s.scope.cancel();
    r.r2 = s.failureOfJoin().getCause() == FAILURE ? "threw" : "joined";
  }

  @Actor
  public void body() {
    start.together();
    child.fail(FAILURE);
  }

  @Arbiter
  public void arbiter(LL_Result r) {
    r.r1 = child.state();
  }
}
