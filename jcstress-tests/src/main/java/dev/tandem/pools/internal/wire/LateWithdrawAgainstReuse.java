package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a canceller that comes late, for a task whose slot has passed on to another, does
/// not take that one away from its worker.
///
/// Results: was the old task withdrawn, has the new one started.
///
/// Verdict: holds. Without the number in the slot it does not: see
/// [LateWithdrawAgainstReuseWeakened].
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The late step has failed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It has hit the next task of the slot.")
@State
public class LateWithdrawAgainstReuse {
  private static final int OLD = 1;
  private static final int NEW = OLD + StatusPage.SLOTS;

  private final StatusPage page = StressPage.next();

  public LateWithdrawAgainstReuse() {
    page.queue(OLD);
    page.start(OLD);
  }

  @Actor
  public void canceller(ZZ_Result r) {
    r.r1 = page.withdraw(OLD);
  }

  @Actor
  public void poolAndWorker(ZZ_Result r) {
    page.queue(NEW);
    r.r2 = page.start(NEW);
  }
}
