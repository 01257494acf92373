package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [GiveAgainstSleep] with a flaw each. FAIL, and are meant to: a wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t GiveAgainstSleepWeakened"`
public class GiveAgainstSleepWeakened {
  private GiveAgainstSleepWeakened() {}

  /// The worker looks into the lane, and then says that it waits.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The worker sleeps with an element in its lane.")
  @State
  public static class LookBeforeWait {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.consumer().quiet();

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      boolean found = worker.down.quota.isLeft();
      worker.down.startWaiting(false);
      r.r1 = !found;
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      hub.put(1);
    }

    @Arbiter
    public void after(ZZ_Result r) {
      r.r2 = worker.wasRung();
    }
  }

  /// The pool looks whether the worker waits, and then gives.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The worker sleeps with an element in its lane.")
  @State
  public static class WaitBeforeGive {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.consumer().quiet();

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.armTake();
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      r.r2 = worker.down.isWaiting();
      var _ = worker.downEnd.write(StressHub.parcel(1));
    }
  }
}
