package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [JobCancelAgainstRun] in which a thread that wants to settle a job looks whether it is, and then
/// writes that it is. FAILS, and is meant to: two outcomes.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t JobCancelAgainstRunWeakened"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstRunWeakened {
  private static final int SEATED = 1;
  private static final int SETTLED = 2;
  private static final int QUEUED = 1;
  private static final int STARTED = 2;
  private static final int WITHDRAWN = 3;

  private final AtomicInteger stage = new AtomicInteger(SEATED);
  private final AtomicInteger slot = new AtomicInteger(QUEUED);
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  private void settle() {
    if (stage.get() != SETTLED) {
      stage.set(SETTLED);
      outcomes.incrementAndGet();
    }
  }

  @Actor
  public void worker() {
    if (slot.compareAndSet(QUEUED, STARTED)) {
      settle();
      gone.incrementAndGet();
    }
  }

  @Actor
  public void canceller() {
    boolean withdrawn = slot.compareAndSet(QUEUED, WITHDRAWN);
    settle();
    if (withdrawn) {
      gone.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = 10 * outcomes.get() + gone.get();
  }
}
