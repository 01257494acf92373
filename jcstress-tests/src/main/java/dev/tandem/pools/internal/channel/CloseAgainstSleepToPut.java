package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a putter of a worker that parks is told of the close.
///
/// Results: does it park, has the pool rung.
///
/// Verdict: holds. If the pool looks whether it waits before it closes the lane, it does not: see
/// [CloseAgainstSleepToPutWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// CloseAgainstSleepToPut$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "It sees the close.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps in a closed channel.")
@State
public class CloseAgainstSleepToPut {
  private final StressHub hub = new StressHub(1);
  private final StressWorker other = hub.producer(); // has the only place
  private final StressWorker worker = hub.producer().quiet();

  @Actor
  public void worker(ZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armPut(true);
  }

  @Actor
  public void pool(ZZ_Result r) {
    hub.together();
    hub.hub.close();
  }

  @Arbiter
  public void after(ZZ_Result r) {
    r.r2 = worker.wasRung();
  }
}
