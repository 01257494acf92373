package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/// Hypothesis: a putter of the pool that parks is told of the element that a worker claims, and so
/// of room.
///
/// Results: what the worker claims, does the putter park, has the worker rung.
///
/// Verdict: holds. If the pool looks before it sets the mark, or the worker looks at the mark
/// before it claims, it does not: see [ClaimAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ClaimAgainstSleep$"`
@JCStressTest
@Outcome(id = ".*, false, .*", expect = Expect.ACCEPTABLE, desc = "The pool finds room.")
@Outcome(id = "1, true, true", expect = Expect.ACCEPTABLE, desc = "It parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps, and there is room.")
@State
public class ClaimAgainstSleep {
  private final StressHub hub = new StressHub(1);
  private final StressWorker worker = hub.consumer();

  public ClaimAgainstSleep() {
    hub.put(1);
    var _ = worker.quiet();
    worker.down.setMark(Lane.FAR);
  }

  @Actor
  public void worker(IZZ_Result r) {
    hub.together();
    r.r1 = worker.take();
  }

  @Actor
  public void pool(IZZ_Result r) {
    hub.together();
    r.r2 = hub.hub.armPut(true);
  }

  @Arbiter
  public void after(IZZ_Result r) {
    r.r3 = worker.hasRung();
  }
}
