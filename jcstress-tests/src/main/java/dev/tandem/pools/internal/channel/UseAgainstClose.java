package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a user sees the end only when it has used all that was given before.
///
/// Results: of two uses in a row.
///
/// Verdict: holds. If the user looks whether it is closed when it has looked what is left, it does
/// not: see [UseAgainstCloseWeakened].
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Before the step was given.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The step was given in between.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Before the close.")
@Outcome(id = "1, -1", expect = Expect.ACCEPTABLE, desc = "The end, after the step.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The end was seen while a step was left.")
@State
public class UseAgainstClose {
  private final StressQuota quota = new StressQuota(1);

  @Actor
  public void user(II_Result r) {
    r.r1 = quota.user.use();
    r.r2 = quota.user.use();
  }

  @Actor
  public void giver() {
    quota.giver.give(1);
    quota.giver.close();
  }
}
