package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [UseAgainstGiveAndTakeBack] with two steps, of which one is given meanwhile, and a giver that
/// does not look again what was used while it lowered the limit. FAILS, and is meant to: a step is
/// used and taken back.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t UseAgainstGiveAndTakeBackWeakened"`
@JCStressTest
@Outcome(
    id = {"1, 0", "1, 1", "2, 0"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "A step is used and taken back.")
@State
public class UseAgainstGiveAndTakeBackWeakened extends FlawedQuota {
  @Actor
  public void user(II_Result r) {
    r.r1 = use();
    r.r1 += use();
  }

  @Actor
  public void giver(II_Result r) {
    limit++;
    int old = limit;
    int lowered = Math.min(old, (int) word.get() + 1);
    limit = lowered;
    nextEpoch();
    r.r2 = old - lowered;
  }
}
