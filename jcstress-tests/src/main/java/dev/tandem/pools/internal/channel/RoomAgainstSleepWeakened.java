package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [RoomAgainstSleep] with a flaw each. FAIL, and are meant to: a wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t RoomAgainstSleepWeakened"`
public class RoomAgainstSleepWeakened {
  private RoomAgainstSleepWeakened() {}

  /// The worker looks into the lane, and then says that it waits.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The worker sleeps with a place in its lane.")
  @State
  public static class LookBeforeWait {
    private final StressHub hub = new StressHub(1);
    private final StressWorker worker;

    public LookBeforeWait() {
      hub.put(1); // before there is a lane that gets the place
      worker = hub.producer().quiet();
    }

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      boolean found = worker.up.quota.isLeft();
      worker.up.startWaiting(true);
      r.r1 = !found;
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      var _ = hub.take();
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
  @Outcome(expect = Expect.FORBIDDEN, desc = "The worker sleeps with a place in its lane.")
  @State
  public static class WaitBeforeGive {
    private final StressHub hub = new StressHub(1);
    private final StressWorker worker;

    public WaitBeforeGive() {
      hub.put(1); // before there is a lane that gets the place
      worker = hub.producer().quiet();
    }

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.armPut(true);
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      r.r2 = worker.up.isWaiting();
      worker.upEnd.give(1);
    }
  }
}
