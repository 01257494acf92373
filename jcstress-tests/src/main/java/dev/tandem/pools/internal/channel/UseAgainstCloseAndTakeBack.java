package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a user to whom nothing is left knows whether this is the end: there is a step until
/// the quota is closed, and then the giver takes it back.
///
/// Results: of the use, how many were taken back.
///
/// Verdict: holds. If the user answers by the word that it read before the limit, it does not: see
/// [UseAgainstCloseAndTakeBackWeakened].
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The user has it.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "The giver has it back; the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Nothing was left, and it was not the end.")
@State
public class UseAgainstCloseAndTakeBack {
  private final StressQuota quota = new StressQuota(1);

  public UseAgainstCloseAndTakeBack() {
    quota.giver.give(1); // the user does not know
  }

  @Actor
  public void user(II_Result r) {
    r.r1 = quota.user.use();
  }

  @Actor
  public void giver(II_Result r) {
    quota.giver.close();
    r.r2 = quota.giver.takeBack(0);
  }
}
