package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [StartAgainstWithdraw] with a look and a write instead of a compare-and-set. FAILS, and is meant
/// to: both have the task.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t StartAgainstWithdrawWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "The task runs twice.")
@State
public class StartAgainstWithdrawWeakened {
  private static final int QUEUED = 1;
  private static final int STARTED = 2;
  private static final int WITHDRAWN = 3;

  private volatile int slot = QUEUED;

  @Actor
  public void worker(ZZ_Result r) {
    if (slot == QUEUED) {
      slot = STARTED;
      r.r1 = true;
    }
  }

  @Actor
  public void pool(ZZ_Result r) {
    if (slot == QUEUED) {
      slot = WITHDRAWN;
      r.r2 = true;
    }
  }
}
