package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/// Hypothesis: with redelivery, an element comes back to the pool whether or not a worker has
/// claimed it with its last instruction, and once.
///
/// Results: what the worker has claimed, what the pool takes when the worker has left, what it
/// takes then.
///
/// Verdict: holds. If the pool forgets what it has not seen claimed, it does not: see
/// [ClaimAgainstDeathRedeliveredWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ClaimAgainstDeathRedelivered$"`
@JCStressTest
@Outcome(
    id = {"7, 7, 0", "0, 7, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "It has come back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is lost, or has come back twice.")
@State
public class ClaimAgainstDeathRedelivered {
  private final StressHub hub = new StressHub(4, true);
  private final StressWorker worker = hub.consumer();

  public ClaimAgainstDeathRedelivered() {
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
    r.r3 = hub.take();
  }
}
