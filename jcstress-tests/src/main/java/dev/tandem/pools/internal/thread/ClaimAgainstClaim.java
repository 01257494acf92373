package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: two runners that claim at the same time get different inputs, as they were
/// published. Two actors, because three would not run on two cores.
///
/// Results: what each runner claimed, what was left.
///
/// Verdict: holds.
@JCStressTest
@Outcome(
    id = {"7, 8, 0", "8, 7, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "One each.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Claimed twice, lost, or torn.")
@State
public class ClaimAgainstClaim {
  private final MapRing ring = new MapRing(2, false);

  public ClaimAgainstClaim() {
    ring.put(7);
    ring.put(8);
  }

  @Actor
  public void first(III_Result r) {
    r.r1 = PutAgainstClaim.claim(ring);
  }

  @Actor
  public void second(III_Result r) {
    r.r2 = PutAgainstClaim.claim(ring);
  }

  @Arbiter
  public void arbiter(III_Result r) {
    r.r3 = PutAgainstClaim.claim(ring);
  }
}
