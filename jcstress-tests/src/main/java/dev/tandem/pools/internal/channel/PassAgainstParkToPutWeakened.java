package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// [PassAgainstParkToPut] with a flaw each. FAIL, and are meant to: the place stays where it is.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PassAgainstParkToPutWeakened"`
public class PassAgainstParkToPutWeakened {
  private PassAgainstParkToPutWeakened() {}

  /// The pool looks, sets the bell, and does not look once more.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true, .*", "true, false, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "The worker parks, and neither side knows of the other.")
  @State
  public static class OneLook {
    private final StressHub hub = new StressHub(1);
    private final StressWorker other = hub.producer(); // has the only place
    private final StressWorker worker = hub.producer().quiet();

    public OneLook() {
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
      r.r2 = worker.up.isWaiting();
      worker.up.want(Lane.PARK);
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r3 = worker.hasRung();
    }
  }
}
