package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// Hypothesis: the answer of a task that was cancelled, with which its waiter would have helped, is
/// taken by that or by another thread: the task leaves the member.
///
/// Results: what the waiter has got, does the task still run.
///
/// Verdict: holds. If a helper that leaves looks at what is undecided only, it does not: see
/// [HelpAgainstCancelledAnswerWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// HelpAgainstCancelledAnswer$"`
@JCStressTest
@Outcome(id = "cancelled, false", expect = Expect.ACCEPTABLE, desc = "It is gone.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, or the task stays.")
@State
public class HelpAgainstCancelledAnswer {
  private final StressClusterRun run = new StressClusterRun();

  @Actor
  public void waiter(LZ_Result r) {
    r.r1 = run.get();
  }

  @Actor
  public void canceller() {
    run.cancel();
    run.answer();
  }

  @Arbiter
  public void after(LZ_Result r) {
    r.r2 = run.stillRuns();
  }
}
