package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/// Hypothesis: an element that a worker may have claimed with its last instruction is lost with it,
/// and counted, or comes back to the pool: one of them.
///
/// Results: what the worker has claimed, what the pool takes when the worker has left, how many are
/// lost.
///
/// Verdict: holds. If the pool takes for unclaimed what it had seen unclaimed, it does not: see
/// [ClaimAgainstDeathWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ClaimAgainstDeath$"`
@JCStressTest
@Outcome(id = "7, 0, 1", expect = Expect.ACCEPTABLE, desc = "Claimed, and lost.")
@Outcome(id = "0, 7, 0", expect = Expect.ACCEPTABLE, desc = "It has come back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was taken twice, or by none, or the count is wrong.")
@State
public class ClaimAgainstDeath {
  private final StressHub hub = new StressHub(4);
  private final StressWorker worker = hub.consumer();

  public ClaimAgainstDeath() {
    hub.put(7);
  }

  @Actor
  public void worker(IIJ_Result r) {
    hub.together();
    r.r1 = worker.take();
  }

  @Actor
  public void pool(IIJ_Result r) {
    hub.together();
    hub.hub.leave(worker.number(), true, true);
    r.r2 = hub.take();
  }

  @Arbiter
  public void after(IIJ_Result r) {
    r.r3 = hub.hub.done.lost();
  }
}
