package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [CloseAgainstSleepToPut] with a flaw. FAILS, and is meant to: the wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CloseAgainstSleepToPutWeakened"`
public class CloseAgainstSleepToPutWeakened {
  private CloseAgainstSleepToPutWeakened() {}

  /// The pool looks whether the worker waits, and then closes the lane.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps in a closed channel.")
  @State
  public static class WaitBeforeClose {
    private final StressHub hub = new StressHub(1);
    private final StressWorker other = hub.producer(); // has the only place
    private final StressWorker worker = hub.producer().quiet();

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.armPut(true);
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      r.r2 = worker.up.isWaiting();
      worker.up.quota.close();
    }
  }
}
