package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [UseAgainstCloseAndTakeBack] with a user that looks whether it is closed, then what is left, and
/// no second time whether it is closed. FAILS, and is meant to: it finds nothing, and not the end.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t UseAgainstCloseAndTakeBackWeakened"`
@JCStressTest
@Outcome(
    id = {"1, 0", "-1, 1"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Nothing was left, and it was not the end.")
@State
public class UseAgainstCloseAndTakeBackWeakened {
  private final StressQuota quota = new StressQuota(1);

  public UseAgainstCloseAndTakeBackWeakened() {
    quota.giver.give(1); // the user does not know
  }

  @Actor
  public void user(II_Result r) {
    boolean closed = quota.user.isClosed();
    if (quota.user.isLeft() && quota.user.use() == Quota.USED) {
      r.r1 = Quota.USED;
    } else {
      r.r1 = closed ? Quota.CLOSED : Quota.NONE;
    }
  }

  @Actor
  public void giver(II_Result r) {
    quota.giver.close();
    r.r2 = quota.giver.takeBack(0);
  }
}
