package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [UseAgainstClose] with a user that looks what is left, and then whether it is closed. FAILS, and
/// is meant to: it sees the end and leaves a step.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t UseAgainstCloseWeakened"`
@JCStressTest
@Outcome(
    id = {"0, 0", "0, 1", "1, 0", "1, -1"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "The end was seen while a step was left.")
@State
public class UseAgainstCloseWeakened {
  private final StressQuota quota = new StressQuota(1);

  private int use() {
    if (quota.user.isLeft()) {
      return quota.user.use();
    }
    return quota.user.isClosed() ? Quota.CLOSED : Quota.NONE;
  }

  @Actor
  public void user(II_Result r) {
    r.r1 = use();
    r.r2 = use();
  }

  @Actor
  public void giver() {
    quota.giver.give(1);
    quota.giver.close();
  }
}
