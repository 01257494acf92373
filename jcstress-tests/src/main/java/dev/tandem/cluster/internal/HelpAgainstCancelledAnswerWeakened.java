package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [HelpAgainstCancelledAnswer] where a helper that leaves looks at what is undecided only. FAILS,
/// and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t HelpAgainstCancelledAnswerWeakened"`
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "No thread takes the answer.")
@State
public class HelpAgainstCancelledAnswerWeakened {
  private volatile boolean decided;
  private volatile boolean answered;
  private volatile boolean helper = true;
  private volatile boolean taken;

  @Actor
  public void waiter() {
    while (!decided) {
      Thread.onSpinWait();
    }
    helper = false;
    if (!decided && answered) {
      taken = true;
    }
  }

  @Actor
  public void canceller() {
    decided = true;
    answered = true;
    if (!helper) {
      taken = true;
    }
  }

  @Arbiter
  public void after(Z_Result r) {
    r.r1 = taken;
  }
}
