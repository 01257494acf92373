package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a job that is cancelled while its worker is lost, and that may run again, has one
/// outcome and is gone once: either it runs again, or it is cancelled.
///
/// Result: ten times the outcomes, plus how often it was gone.
///
/// Verdict: holds. If it is just written that it waits again, it does not: see
/// [JobCancelAgainstLossWeakened].
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "One outcome, and it is gone once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstLoss {
  private final StressJob job = StressJob.sent();

  @Actor
  public void reaper() {
    job.lose();
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
