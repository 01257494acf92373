package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Hypothesis: an errand whose answer is taken while it is cancelled has one outcome, and is gone
/// once.
///
/// Results: how often it was sent, how many outcomes it had, how often it was gone, when another
/// member has come.
///
/// Verdict: holds. If a thread looks and then sets, it does not: see
/// [ErrandAnswerAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ErrandAnswerAgainstCancel$"`
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One outcome.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Another number of outcomes, ends or sendings.")
@State
public class ErrandAnswerAgainstCancel {
  private final StressErrand errand = new StressErrand(0);

  @Actor
  public void taker() {
    errand.answer();
  }

  @Actor
  public void canceller() {
    errand.cancel();
  }

  @Arbiter
  public void after(L_Result r) {
    r.r1 = errand.told();
  }
}
