package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: an element that was taken back is not used any more, also when another has been
/// given in its place, so that the limit is the old one.
///
/// Results: the element that the user has read, 0 for none; how many were taken back.
///
/// Verdict: holds. With the same epoch it does not: see [UseAgainstGiveAgainWeakened].
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The first was used.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It was taken back; the other is left.")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "The other one was used.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The first was used and taken back.")
@State
public class UseAgainstGiveAgain {
  private final StressQuota quota = new StressQuota(2);
  private int element = 1;

  @Actor
  public void user(II_Result r) {
    r.r1 = quota.user.use() == Quota.USED ? element : 0;
  }

  @Actor
  public void giver(II_Result r) {
    r.r2 = quota.giver.takeBack(0);
    if (r.r2 == 1) {
      element = 2;
      quota.giver.give(1);
    }
  }
}
