package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: as [PassAgainstStream], of a stream that goes on: the pool finds more to give, so
/// that it sets a mark, while the worker takes all that it has.
///
/// Results: was it given, has a worker rung.
///
/// Verdict: holds. If the pool does not look once more when it has set the mark, it does not: see
/// [PassAgainstStreamWeakened.MarkWithoutLook].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// PassAgainstLongStream$"`
@JCStressTest
@Outcome(
    id = {"true, .*", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "It is given, or the pool is told.")
@Outcome(
    expect = Expect.FORBIDDEN,
    desc = "Elements wait, and the pool does not know that the worker has none.")
@State
public class PassAgainstLongStream {
  private final StressHub hub = new StressHub(16);
  private final StressWorker worker = hub.consumer();
  private final StressWorker putter = hub.producer();

  public PassAgainstLongStream() {
    hub.longStream(putter, worker);
  }

  @Actor
  public void worker(ZZ_Result r) {
    hub.together();
    int count = 0;
    while (worker.take() != 0) {
      count++;
    }
    r.r1 = count > 4;
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
