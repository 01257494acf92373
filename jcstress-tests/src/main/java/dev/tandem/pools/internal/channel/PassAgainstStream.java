package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: while elements come in a stream, the pool does not want to be told of each. An
/// element that is put then, before a worker takes all that it has, is given to that worker all the
/// same, or one of the workers rings: whatever the pool does meanwhile.
///
/// Results: was it given, has a worker rung.
///
/// Verdict: holds. If the pool does not look once more when it has set bells and marks, it does
/// not: see [PassAgainstStreamWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// PassAgainstStream$"`
@JCStressTest
@Outcome(
    id = {"true, .*", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "It is given, or the pool is told.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The pool does not know of it.")
@State
public class PassAgainstStream {
  private final StressHub hub = new StressHub(16);
  private final StressWorker worker = hub.consumer();
  private final StressWorker putter = hub.producer();

  public PassAgainstStream() {
    hub.stream(putter, worker);
  }

  @Actor
  public void workers(ZZ_Result r) {
    hub.together();
    r.r1 = StressHub.putsOneAndTakesAll(putter, worker);
  }

  @Actor
  public void pool() {
    hub.together();
    hub.hub.rung();
  }

  @Arbiter
  public void after(ZZ_Result r) {
    r.r1 |= worker.down.quota.left() > 0;
    r.r2 = worker.hasRung() || putter.hasRung();
  }
}
