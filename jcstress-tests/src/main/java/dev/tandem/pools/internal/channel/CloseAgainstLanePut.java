package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/// Hypothesis: when the pool has closed a channel, it has each element that workers have put, and
/// none is put after that.
///
/// Results: of the worker's put, what the pool takes after its close (-1 is the end), how many were
/// put in the end.
///
/// Verdict: holds. If the pool closes the lane and does not take back its places, it does not: see
/// [CloseAgainstLanePutWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// CloseAgainstLanePut$"`
@JCStressTest
@Outcome(id = "1, 7, 1", expect = Expect.ACCEPTABLE, desc = "Put before the close.")
@Outcome(
    id = {"0, -1, 0", "-1, -1, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "Closed before the put.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Put after the end, or lost.")
@State
public class CloseAgainstLanePut {
  private final StressHub hub = new StressHub(4);
  private final StressWorker worker = hub.producer().quiet();

  @Actor
  public void worker(IIJ_Result r) {
    hub.together();
    r.r1 = worker.steps.tryPut(StressHub.parcel(7));
  }

  @Actor
  public void pool(IIJ_Result r) {
    hub.together();
    hub.hub.close();
    r.r2 = hub.take();
  }

  @Arbiter
  public void after(IIJ_Result r) {
    r.r3 = hub.hub.puts();
  }
}
