package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: of four steps, one of which is given meanwhile, each is used, taken back or left,
/// and no more than one that is to be kept is left.
///
/// Results: how many of three uses succeeded, how many steps were taken back, how many are left.
///
/// Verdict: holds. If the giver does not look again what was used until it raised the epoch, it
/// does not: see [UseAgainstGiveAndTakeBackWeakened].
@JCStressTest
@Outcome(id = "1, 3, 0", expect = Expect.ACCEPTABLE, desc = "Taken back first, one was kept.")
@Outcome(id = "2, 2, 0", expect = Expect.ACCEPTABLE, desc = "After a use.")
@Outcome(id = "3, 0, 1", expect = Expect.ACCEPTABLE, desc = "After all uses.")
@Outcome(id = "3, 1, 0", expect = Expect.ACCEPTABLE, desc = "After two uses.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A step was used and taken back, or got lost.")
@State
public class UseAgainstGiveAndTakeBack {
  private final StressQuota quota = new StressQuota(4);

  @Actor
  public void user(III_Result r) {
    for (int i = 0; i < 3; i++) {
      r.r1 += quota.user.use();
    }
  }

  @Actor
  public void giver(III_Result r) {
    quota.giver.give(1);
    r.r2 = quota.giver.takeBack(1);
  }

  @Arbiter
  public void after(III_Result r) {
    r.r3 = quota.giver.left();
  }
}
