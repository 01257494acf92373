package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// [FailAgainstCancel] with a `join` that relies on the reports of subtasks. FAILS, and is meant
/// to: the owner sees a failed handle, and its failure is never thrown.
///
/// Results: the state of the handle as the owner sees it, whether a failure was reported before.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t FailAgainstCancelWeakened"`
@JCStressTest
@Outcome(id = "FAILED, told", expect = Expect.ACCEPTABLE, desc = "It failed first.")
@Outcome(id = "UNAVAILABLE, .*", expect = Expect.ACCEPTABLE, desc = "It was cancelled first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The failure is lost.")
@State
public class FailAgainstCancelWeakened {
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
    boolean told = s.joiner.completions() > 0;
    r.r1 = child.state();
    r.r2 = told ? "told" : "not told";
  }

  @Actor
  public void body() {
    start.together();
    child.fail(FAILURE);
  }
}
