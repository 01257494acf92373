package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a record is written into the room of others only when the pool has read them.
///
/// Results: of the sixth put into a lane that has room for five, how many elements the pool has
/// got, how many of them are not whole.
///
/// Verdict: holds. If the pool gives the room back before it has read, it does not: see
/// [WriteAgainstReadWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// WriteAgainstRead$"`
@JCStressTest
@Outcome(id = "1, 6, 0", expect = Expect.ACCEPTABLE, desc = "There was room.")
@Outcome(id = "0, 5, 0", expect = Expect.ACCEPTABLE, desc = "There was none.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or written over.")
@State
public class WriteAgainstRead {
  private final StressHub hub = new StressHub(100);
  private final StressWorker worker = hub.producer().quiet();

  public WriteAgainstRead() {
    for (int i = 1; i <= 5; i++) { // the ring is full
      if (!worker.puts(i)) {
        throw new IllegalStateException();
      }
    }
  }

  @Actor
  public void worker(III_Result r) {
    hub.together();
    r.r1 = worker.steps.tryPut(StressHub.parcel(6));
  }

  @Actor
  public void pool(III_Result r) {
    hub.together();
    hub.hub.rung();
  }

  @Arbiter
  public void after(III_Result r) {
    for (int taken = hub.take(); taken != 0; taken = hub.take()) {
      r.r2++;
      r.r3 += taken == r.r2 ? 0 : 1;
    }
  }
}
