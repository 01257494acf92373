package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a putter of a worker that parks is told of the place that the pool gives to it.
///
/// Results: does the putter park, has the pool rung.
///
/// Verdict: holds. If the worker looks before it says that it waits, it does not: see
/// [RoomAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// RoomAgainstSleep$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "The worker finds it.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The worker parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The worker sleeps with a place in its lane.")
@State
public class RoomAgainstSleep {
  private final StressHub hub = new StressHub(1);
  private final StressWorker worker;

  public RoomAgainstSleep() {
    hub.put(1); // before there is a lane that gets the place
    worker = hub.producer().quiet();
  }

  @Actor
  public void worker(ZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armPut(true);
  }

  @Actor
  public void pool(ZZ_Result r) {
    hub.together();
    var _ = hub.take();
  }

  @Arbiter
  public void after(ZZ_Result r) {
    r.r2 = worker.wasRung();
  }
}
