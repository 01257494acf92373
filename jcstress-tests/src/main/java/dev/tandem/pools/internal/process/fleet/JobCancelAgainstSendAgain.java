package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a job that is cancelled while the dispatcher takes it from one worker to give it to
/// another is not lost between them: it has one outcome and is gone once.
///
/// Result: ten times the outcomes, plus how often it was gone.
///
/// Verdict: holds. If a canceller settles what another has withdrawn, and that one writes that it
/// waits, it does not: see [JobCancelAgainstSendAgainWeakened].
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "One outcome, and it is gone once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstSendAgain {
  private final StressJob job = StressJob.sent();

  @Actor
  public void dispatcher() {
    job.sendAgain();
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
