package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [UseAgainstGiveAgain] with a giver that leaves the epoch as it is. FAILS, and is meant to: the
/// user knows the limit, and uses an element that is taken back.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t UseAgainstGiveAgainWeakened"`
@JCStressTest
@Outcome(
    id = {"1, 0", "0, 1", "2, 1"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "The first was used and taken back.")
@State
public class UseAgainstGiveAgainWeakened extends FlawedQuota {
  private int element = 1;

  @Actor
  public void user(II_Result r) {
    r.r1 = use() == Quota.USED ? element : 0;
  }

  @Actor
  public void giver(II_Result r) {
    int old = limit;
    int used = (int) word.get();
    limit = used;
    r.r2 = old - used;
    if (r.r2 == 1) {
      element = 2;
      limit++;
    }
  }
}
