package dev.tandem.cluster.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [ErrandAnswerAgainstCancel] with a decision that looks and then sets. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ErrandAnswerAgainstCancelWeakened"`
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes.")
@State
public class ErrandAnswerAgainstCancelWeakened {
  private volatile boolean decided;
  private final AtomicInteger outcomes = new AtomicInteger();

  private void decide() {
    if (!decided) {
      decided = true;
      outcomes.incrementAndGet();
    }
  }

  @Actor
  public void taker() {
    decide();
  }

  @Actor
  public void canceller() {
    decide();
  }

  @Arbiter
  public void after(I_Result r) {
    r.r1 = outcomes.get();
  }
}
