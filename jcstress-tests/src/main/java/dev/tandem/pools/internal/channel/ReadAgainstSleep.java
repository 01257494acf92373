package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a putter of a worker that parks because its lane is full, and not the channel, is
/// told when the pool has read.
///
/// Results: does the putter park, has the pool rung.
///
/// Verdict: holds. If the worker looks before it says that it waits, it does not: see
/// [ReadAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ReadAgainstSleep$"`
@JCStressTest
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "It finds the room.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps, and its lane is empty.")
@State
public class ReadAgainstSleep {
  private final StressHub hub = new StressHub(100);
  private final StressWorker worker = hub.producer().quiet();

  public ReadAgainstSleep() {
    for (int i = 1; i <= 5; i++) { // the ring is full
      if (!worker.puts(i)) {
        throw new IllegalStateException();
      }
    }
  }

  @Actor
  public void worker(ZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.armPut(true);
  }

  @Actor
  public void pool(ZZ_Result r) {
    hub.together();
    hub.hub.rung();
  }

  @Arbiter
  public void after(ZZ_Result r) {
    r.r2 = worker.wasRung();
  }
}
