package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [JobCancelAgainstCancel] in which a canceller that finds a job withdrawn takes it for started,
/// and settles it. FAILS, and is meant to: it is never gone. Such was the first version of this
/// class.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t JobCancelAgainstCancelWeakened"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstCancelWeakened {
  private static final int SEATED = 1;
  private static final int SETTLED = 2;
  private static final int QUEUED = 1;
  private static final int WITHDRAWN = 3;

  private final AtomicInteger stage = new AtomicInteger(SEATED);
  private final AtomicInteger slot = new AtomicInteger(QUEUED);
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  private void cancel() {
    boolean withdrawn = slot.compareAndSet(QUEUED, WITHDRAWN);
    if (stage.compareAndSet(SEATED, SETTLED)) {
      outcomes.incrementAndGet();
      if (withdrawn) {
        gone.incrementAndGet();
      }
    }
  }

  @Actor
  public void user() {
    cancel();
  }

  @Actor
  public void closer() {
    cancel();
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = 10 * outcomes.get() + gone.get();
  }
}
