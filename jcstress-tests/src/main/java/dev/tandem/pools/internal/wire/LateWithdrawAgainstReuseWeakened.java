package dev.tandem.pools.internal.wire;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [LateWithdrawAgainstReuse] with slots that say only the state, not whose it is. FAILS, and is
/// meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t LateWithdrawAgainstReuseWeakened"`
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "The next task of the slot is withdrawn.")
@State
public class LateWithdrawAgainstReuseWeakened {
  private static final int QUEUED = 1;
  private static final int STARTED = 2;
  private static final int WITHDRAWN = 3;

  private final AtomicInteger slot = new AtomicInteger(STARTED);

  @Actor
  public void canceller(ZZ_Result r) {
    r.r1 = slot.compareAndSet(QUEUED, WITHDRAWN);
  }

  @Actor
  public void poolAndWorker(ZZ_Result r) {
    slot.setRelease(QUEUED);
    r.r2 = slot.compareAndSet(QUEUED, STARTED);
  }
}
