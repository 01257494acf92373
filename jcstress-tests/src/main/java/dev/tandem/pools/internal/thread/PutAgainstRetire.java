package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: an input published just as the last runner of a `map` leaves is not stranded: the
/// consumer starts another runner, or the one that leaves comes back.
///
/// Results: did the consumer find that a runner is missing, did the runner come back.
///
/// Verdict: holds. If the runner looked before it counted itself out, it would not: see
/// [PutAgainstRetireWeakened].
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The consumer starts another.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The runner comes back.")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "More runners than allowed.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "The input is stranded.")
@State
public class PutAgainstRetire {
  private final MapRing ring = new MapRing(1, true);
  private final RunnerCount count = new RunnerCount(ring, 1);

  public PutAgainstRetire() {
    count.tryAdd();
  }

  @Actor
  public void consumer(ZZ_Result r) {
    ring.put("input");
    r.r1 = count.tryAdd();
  }

  @Actor
  public void runner(ZZ_Result r) {
    r.r2 = !count.retire();
  }
}
