package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Hypothesis: a putter of a worker that parks, while another worker has a place that it has not
/// used, gets it: it rings, or the pool sees it when it has set the bell for that.
///
/// Results: does the putter park, was its worker rung, has it rung.
///
/// Verdict: holds. If the pool does not look once more when it has set the bell, it does not: see
/// [PassAgainstParkToPutWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// PassAgainstParkToPut$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "It need not park.")
@Outcome(
    id = {"true, true, .*", "true, false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "It is rung, or rings.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The worker parks, and neither side knows of the other.")
@State
public class PassAgainstParkToPut {
  private final StressHub hub = new StressHub(1);
  private final StressWorker other = hub.producer(); // has the only place
  private final StressWorker worker = hub.producer().quiet();

  public PassAgainstParkToPut() {
    var _ = other.quiet();
  }

  @Actor
  public void worker(ZZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armPut(true);
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
