package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Hypothesis: an errand whose member is lost while it is cancelled has one outcome, is gone once,
/// and is not sent again.
///
/// Results: how often it was sent, how many outcomes it had, how often it was gone, when another
/// member has come.
///
/// Verdict: holds. If the retry sets the state without comparing it, it does not: see
/// [ErrandLossAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ErrandLossAgainstCancel$"`
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One outcome.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Another number of outcomes, ends or sendings.")
@State
public class ErrandLossAgainstCancel {
  private final StressErrand errand = new StressErrand(1);

  @Actor
  public void membership() {
    errand.lose();
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
