package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [JobCancelAgainstSendAgain] in which the thread that has withdrawn a job writes that it waits.
/// FAILS, and is meant to: what was cancelled runs.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t JobCancelAgainstSendAgainWeakened"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class JobCancelAgainstSendAgainWeakened {
  private static final int WAITING = 0;
  private static final int SEATED = 1;
  private static final int SETTLED = 2;
  private static final int QUEUED = 1;
  private static final int STARTED = 2;
  private static final int WITHDRAWN = 3;

  private final AtomicInteger stage = new AtomicInteger(SEATED);
  private final AtomicInteger slot = new AtomicInteger(QUEUED);
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  @Actor
  public void dispatcher() {
    if (slot.compareAndSet(QUEUED, WITHDRAWN)) {
      stage.set(WAITING);
      if (stage.compareAndSet(WAITING, SEATED)) {
        slot.set(QUEUED);
      }
    }
  }

  @Actor
  public void canceller() {
    boolean withdrawn = slot.compareAndSet(QUEUED, WITHDRAWN);
    if (stage.compareAndSet(SEATED, SETTLED)) {
      outcomes.incrementAndGet();
      if (withdrawn) {
        gone.incrementAndGet();
      }
    } else if (stage.compareAndSet(WAITING, SETTLED)) {
      outcomes.incrementAndGet();
      gone.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    if (slot.compareAndSet(QUEUED, STARTED)) {
      if (stage.compareAndSet(SEATED, SETTLED)) {
        outcomes.incrementAndGet();
      }
      gone.incrementAndGet();
    }
    r.r1 = 10 * outcomes.get() + gone.get();
  }
}
