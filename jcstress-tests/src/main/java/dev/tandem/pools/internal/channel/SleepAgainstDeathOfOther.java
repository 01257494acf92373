package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a taker of a worker that parks is told of what a dead worker had claimed and comes
/// back.
///
/// Results: does the taker park, has the pool rung.
///
/// Verdict: holds. If the pool looks who waits, and then has the dead leave, it does not: see
/// [SleepAgainstDeathOfOtherWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// SleepAgainstDeathOfOther$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "It finds the element.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps, and the element is in its lane.")
@State
public class SleepAgainstDeathOfOther {
  private final StressHub hub = new StressHub(4, true);
  private final StressWorker dead = hub.consumer();
  private final StressWorker worker;

  public SleepAgainstDeathOfOther() {
    hub.put(1);
    var _ = dead.take();
    worker = hub.consumer();
    var _ = worker.quiet();
  }

  @Actor
  public void worker(ZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armTake();
  }

  @Actor
  public void pool(ZZ_Result r) {
    hub.together();
    hub.hub.leave(dead.number(), true, true);
  }

  @Arbiter
  public void after(ZZ_Result r) {
    r.r2 = worker.wasRung();
  }
}
