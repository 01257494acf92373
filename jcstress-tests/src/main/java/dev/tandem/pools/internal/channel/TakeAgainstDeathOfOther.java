package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: what a dead worker has not claimed goes to others, also while one of them takes what
/// is in its own lane: nothing is lost, doubled or written over.
///
/// Results: what the living worker takes, what it takes then, what the pool takes then.
///
/// Verdict: holds. If the pool gives to another what it had seen unclaimed, it does not: see
/// [TakeAgainstDeathOfOtherWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// TakeAgainstDeathOfOther$"`
@JCStressTest
@Outcome(id = "2, 1, 0", expect = Expect.ACCEPTABLE, desc = "The worker has both.")
@Outcome(id = "2, 0, 1", expect = Expect.ACCEPTABLE, desc = "The pool has the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is lost, doubled or not whole.")
@State
public class TakeAgainstDeathOfOther {
  private final StressHub hub = new StressHub(4);
  private final StressWorker dead = hub.consumer();
  private final StressWorker worker;

  public TakeAgainstDeathOfOther() {
    hub.put(1);
    worker = hub.consumer();
    hub.put(2);
  }

  @Actor
  public void worker(III_Result r) {
    hub.together();
    r.r1 = worker.take();
  }

  @Actor
  public void pool(III_Result r) {
    hub.together();
    hub.hub.leave(dead.number(), true, true);
  }

  @Arbiter
  public void after(III_Result r) {
    r.r2 = worker.take();
    r.r3 = hub.take();
  }
}
