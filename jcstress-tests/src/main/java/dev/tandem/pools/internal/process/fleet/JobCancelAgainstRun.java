package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a job that is cancelled while its worker starts it and answers has one outcome, and
/// leaves the fleet once: it is not counted twice, and none is waited for in vain.
///
/// Result: ten times the outcomes, plus how often it was gone.
///
/// Verdict: holds. With a look and a write it does not: see [JobCancelAgainstRunWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// JobCancelAgainstRun$"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "One outcome, and it is gone once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstRun {
  private final StressJob job = StressJob.sent();

  @Actor
  public void worker() {
    job.run();
  }

  @Actor
  public void canceller() {
    job.cancelAsUsersDo(false);
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = job.ends();
  }
}
