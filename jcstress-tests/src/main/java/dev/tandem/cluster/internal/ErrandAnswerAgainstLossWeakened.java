package dev.tandem.cluster.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [ErrandAnswerAgainstLoss] where the member's departure does not take the attempt away from the
/// thread with the answer. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ErrandAnswerAgainstLossWeakened"`
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Gone twice.")
@State
public class ErrandAnswerAgainstLossWeakened {
  private static final int UNDER_WAY = 1;
  private static final int DECIDED = 2;

  private final AtomicInteger state = new AtomicInteger(UNDER_WAY);
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  private void end() {
    if (state.compareAndSet(UNDER_WAY, DECIDED)) {
      outcomes.incrementAndGet();
    }
    gone.incrementAndGet();
  }

  @Actor
  public void taker() {
    end();
  }

  @Actor
  public void membership() {
    end();
  }

  @Arbiter
  public void after(II_Result r) {
    r.r1 = outcomes.get();
    r.r2 = gone.get();
  }
}
