package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Hypothesis: a taker of a worker that parks, while another worker has an element that it has not
/// claimed, gets it: it rings, or the pool sees it when it has set the bell for that.
///
/// Results: does the taker park, was its worker rung, has it rung.
///
/// Verdict: holds. If the pool does not look once more when it has set the bell, or the worker
/// looks at the bell before it says that it waits, it does not: see
/// [PassAgainstParkToTakeWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// PassAgainstParkToTake$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "It need not park.")
@Outcome(
    id = {"true, true, .*", "true, false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "It is rung, or rings.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The worker parks, and neither side knows of the other.")
@State
public class PassAgainstParkToTake {
  private final StressHub hub = new StressHub(4);
  private final StressWorker other = hub.consumer();
  private final StressWorker worker;

  public PassAgainstParkToTake() {
    hub.put(1); // it goes to the other worker
    worker = hub.consumer().quiet();
    var _ = other.quiet();
  }

  @Actor
  public void worker(ZZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armTake();
  }

  @Actor
  public void pool(ZZZ_Result r) {
    hub.together();
    hub.hub.rung();
  }

  @Arbiter
  public void after(ZZZ_Result r) {
    r.r2 = worker.wasRung();
    r.r3 = worker.hasRung();
  }
}
