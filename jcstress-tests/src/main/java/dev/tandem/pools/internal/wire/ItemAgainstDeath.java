package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a reader that sees the effect of a chunk's item sees the item begun: whenever the
/// worker dies, an item that the pool runs again has done nothing yet.
///
/// Results: the effect of the second item, how many items have begun.
///
/// Verdict: holds. Counted afterwards it does not: see [ItemAgainstDeathWeakened].
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Not begun.")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "Begun, without an effect.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Begun.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It would run twice.")
@State
public class ItemAgainstDeath {
  private final StatusPage page = StressPage.next();
  private int effect;

  public ItemAgainstDeath() {
    page.beginItem(1);
  }

  @Actor
  public void worker() {
    page.beginItem(2);
    effect = 1;
  }

  @Actor
  public void pool(II_Result r) {
    r.r1 = effect;
    r.r2 = page.itemsBegun();
  }
}
