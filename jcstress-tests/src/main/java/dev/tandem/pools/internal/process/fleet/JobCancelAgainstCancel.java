package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a job that two cancel while a worker has it, a user and `shutdownNow` for example,
/// has one outcome, and is gone once: whichever of the two has taken it back from the worker.
///
/// Result: ten times the outcomes, plus how often it was gone.
///
/// Verdict: holds. If one may settle what the other has withdrawn, it does not: see
/// [JobCancelAgainstCancelWeakened].
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "One outcome, and it is gone once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstCancel {
  private final StressJob job = StressJob.sent();

  @Actor
  public void user() {
    job.cancelAsUsersDo(false);
  }

  @Actor
  public void closer() {
    job.cancelAsUsersDo(true);
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = job.ends();
  }
}
