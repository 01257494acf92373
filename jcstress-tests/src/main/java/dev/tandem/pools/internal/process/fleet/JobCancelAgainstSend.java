package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a job that is cancelled while the dispatcher sends it is either never sent or taken
/// back from the worker, or it runs to its end without its outcome; it is gone once.
///
/// Result: ten times the outcomes, plus how often it was gone.
///
/// Verdict: holds.
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "One outcome, and it is gone once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstSend {
  private final StressJob job = new StressJob();

  @Actor
  public void dispatcher() {
    job.send();
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
