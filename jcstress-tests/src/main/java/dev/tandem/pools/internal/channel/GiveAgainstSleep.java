package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a taker of a worker that parks is told of an element that the pool gives to it.
///
/// Results: does the taker park, has the pool rung.
///
/// Verdict: holds. If the worker looks before it says that it waits, or the pool looks before it
/// gives, it does not: see [GiveAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// GiveAgainstSleep$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "The worker finds it.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The worker parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The worker sleeps with an element in its lane.")
@State
public class GiveAgainstSleep {
  private final StressHub hub = new StressHub(4);
  private final StressWorker worker = hub.consumer().quiet();

  @Actor
  public void worker(ZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armTake();
  }

  @Actor
  public void pool(ZZ_Result r) {
    hub.together();
    hub.put(1);
  }

  @Arbiter
  public void after(ZZ_Result r) {
    r.r2 = worker.wasRung();
  }
}
