package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: an element in the lane of a worker is claimed or called back; what is written over a
/// record that was called back is not read as that.
///
/// Results: what the worker takes, what the pool takes, what the worker takes when the pool has put
/// another.
///
/// Verdict: holds. If the worker reads its record before it has claimed it, it does not: see
/// [TakeAgainstCallBackWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// TakeAgainstCallBack$"`
@JCStressTest
@Outcome(id = "1, 0, 2", expect = Expect.ACCEPTABLE, desc = "The worker has it.")
@Outcome(
    id = {"0, 1, 2", "2, 1, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "The pool has it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, doubled or not whole.")
@State
public class TakeAgainstCallBack {
  private final StressHub hub = new StressHub(4);
  private final StressWorker worker = hub.consumer();

  public TakeAgainstCallBack() {
    hub.put(1);
  }

  @Actor
  public void worker(III_Result r) {
    hub.together();
    r.r1 = worker.take();
  }

  @Actor
  public void pool(III_Result r) {
    hub.together();
    r.r2 = hub.take();
    hub.put(2);
  }

  @Arbiter
  public void after(III_Result r) {
    r.r3 = worker.take();
  }
}
