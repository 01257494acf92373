package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [ItemAgainstDeath] with an item counted when it is done. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ItemAgainstDeathWeakened"`
@JCStressTest
@Outcome(
    id = {"0, 1", "0, 2", "1, 2"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "It would run twice.")
@State
public class ItemAgainstDeathWeakened {
  private final StatusPage page = StressPage.next();
  private volatile int effect;

  public ItemAgainstDeathWeakened() {
    page.beginItem(1);
  }

  @Actor
  public void worker() {
    effect = 1;
    page.beginItem(2);
  }

  @Actor
  public void pool(II_Result r) {
    r.r1 = effect;
    r.r2 = page.itemsBegun();
  }
}
