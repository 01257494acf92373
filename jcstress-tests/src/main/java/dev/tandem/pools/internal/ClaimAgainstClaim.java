package dev.tandem.pools.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: while the consumer publishes inputs, two runners claim each of them at most once,
/// and see them as they were published.
///
/// Results: what each runner claimed, what was left.
///
/// Verdict: holds.
@JCStressTest
@Outcome(
    id = {"7, 8, 0", "8, 7, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "One each.")
@Outcome(
    id = {"7, 0, 8", "0, 7, 8"},
    expect = Expect.ACCEPTABLE,
    desc = "One came too early.")
@Outcome(id = "0, 0, 7", expect = Expect.ACCEPTABLE, desc = "Both came too early.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Claimed twice, lost, or torn.")
@State
public class ClaimAgainstClaim {
  private final MapRing ring = new MapRing(2, false);

  @Actor
  public void consumer() {
    ring.put(7);
    ring.put(8);
  }

  @Actor
  public void first(III_Result r) {
    r.r1 = claim();
  }

  @Actor
  public void second(III_Result r) {
    r.r2 = claim();
  }

  @Arbiter
  public void arbiter(III_Result r) {
    r.r3 = claim();
  }

  private int claim() {
    MapChunk chunk = new MapChunk(1);
    return ring.claim(chunk) && chunk.inputs[0] instanceof Integer input ? input : 0;
  }
}
