package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a runner that claims while the consumer publishes gets an input as it was published,
/// or none, and takes nothing from those after it.
///
/// Results: what the runner claimed in two tries, what was left.
///
/// Verdict: holds.
@JCStressTest
@Outcome(id = "0, 0, 7", expect = Expect.ACCEPTABLE, desc = "Too early, twice.")
@Outcome(id = "0, 7, 8", expect = Expect.ACCEPTABLE, desc = "Too early once.")
@Outcome(id = "7, 0, 8", expect = Expect.ACCEPTABLE, desc = "Too early for the second.")
@Outcome(id = "7, 8, 0", expect = Expect.ACCEPTABLE, desc = "Both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Claimed twice, lost, or torn.")
@State
public class PutAgainstClaim {
  private final MapRing ring = new MapRing(2, true);

  @Actor
  public void consumer() {
    ring.put(7);
    ring.put(8);
  }

  @Actor
  public void runner(III_Result r) {
    r.r1 = claim(ring);
    r.r2 = claim(ring);
  }

  @Arbiter
  public void arbiter(III_Result r) {
    r.r3 = claim(ring);
  }

  static int claim(MapRing ring) {
    MapRing.Chunk chunk = new MapRing.Chunk(1);
    return ring.claim(chunk) && chunk.inputs[0] instanceof Integer input ? input : 0;
  }
}
