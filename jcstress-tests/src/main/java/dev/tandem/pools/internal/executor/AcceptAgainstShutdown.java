package dev.tandem.pools.internal.executor;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: an executor is never terminated while it has a task, and always once it is shut down
/// and the last task has ended.
///
/// Results: was the task accepted, was the executor terminated while the task ran, is it at the
/// end.
///
/// Verdict: holds. With the count and the flag in two variables it does not: see
/// [AcceptAgainstShutdownWeakened].
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Accepted, waited for.")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Terminated too early, or never.")
@State
public class AcceptAgainstShutdown {
  private final Lifecycle lifecycle = new Lifecycle(() -> {});

  @Actor
  public void submitter(III_Result r) {
    if (lifecycle.accept()) {
      r.r1 = 1;
      r.r2 = lifecycle.isTerminated() ? 1 : 0;
      lifecycle.ended();
    }
  }

  @Actor
  public void closer() {
    lifecycle.shutdown();
  }

  @Arbiter
  public void arbiter(III_Result r) {
    r.r3 = lifecycle.isTerminated() ? 1 : 0;
  }
}
