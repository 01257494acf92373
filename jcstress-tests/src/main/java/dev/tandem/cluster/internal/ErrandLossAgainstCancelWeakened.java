package dev.tandem.cluster.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// [ErrandLossAgainstCancel] with a retry that looks at the state and then sets it. FAILS, and is
/// meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ErrandLossAgainstCancelWeakened"`
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Sent again after the cancel.")
@State
public class ErrandLossAgainstCancelWeakened {
  private static final int WAITING = 0;
  private static final int UNDER_WAY = 1;
  private static final int DECIDED = 2;

  private final AtomicInteger state = new AtomicInteger(UNDER_WAY);
  private final AtomicInteger sent = new AtomicInteger(1);
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  @Actor
  public void membership() {
    if (state.get() == UNDER_WAY) {
      state.set(WAITING);
    } else {
      gone.incrementAndGet();
    }
  }

  @Actor
  public void canceller() {
    int before = state.getAndSet(DECIDED);
    outcomes.incrementAndGet();
    if (before == WAITING) {
      gone.incrementAndGet();
    }
  }

  @Arbiter
  public void after(L_Result r) {
    if (state.compareAndSet(WAITING, UNDER_WAY)) {
      sent.incrementAndGet();
      outcomes.incrementAndGet();
      gone.incrementAndGet();
    }
    r.r1 = "%d, %d, %d".formatted(sent.get(), outcomes.get(), gone.get());
  }
}
