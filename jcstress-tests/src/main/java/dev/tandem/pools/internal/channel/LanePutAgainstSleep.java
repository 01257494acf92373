package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Hypothesis: a taker of the pool that parks is told of an element that a worker puts into its
/// lane.
///
/// Results: was it put, does the taker park, has the worker rung.
///
/// Verdict: holds. If the pool looks before it sets the bell, or the worker looks at the bell
/// before it puts, it does not: see [LanePutAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// LanePutAgainstSleep$"`
@JCStressTest
@Outcome(
    id = {"true, false, .*"},
    expect = Expect.ACCEPTABLE,
    desc = "The pool finds it.")
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "The pool parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps with an element in a lane.")
@State
public class LanePutAgainstSleep {
  private final StressHub hub = new StressHub(4);
  private final StressWorker worker = hub.producer().quiet();

  @Actor
  public void worker(ZZZ_Result r) {
    hub.together();
    r.r1 = worker.puts(1);
  }

  @Actor
  public void pool(ZZZ_Result r) {
    hub.together();
    r.r2 = hub.hub.armTake();
  }

  @Arbiter
  public void after(ZZZ_Result r) {
    r.r3 = worker.hasRung();
  }
}
