package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// [PassAgainstParkToTake] with a flaw each. FAIL, and are meant to: the element stays where it is.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PassAgainstParkToTakeWeakened"`
public class PassAgainstParkToTakeWeakened {
  private PassAgainstParkToTakeWeakened() {}

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
    private final StressHub hub = new StressHub(4);
    private final StressWorker other = hub.consumer();
    private final StressWorker worker;

    public OneLook() {
      hub.put(1); // it goes to the other worker
      worker = hub.consumer().quiet();
      var _ = other.quiet();
    }

    @Actor
    public void worker(ZZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.armTake();
    }

    @Actor
    public void pool(ZZZ_Result r) {
      hub.together();
      r.r2 = worker.downEnd.isHungry();
      worker.down.want(Lane.PARK);
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r3 = worker.hasRung();
    }
  }

  /// The worker looks at the bell, and then says that it waits.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true, .*", "true, false, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "The worker parks, and neither side knows of the other.")
  @State
  public static class BellBeforeWait {
    private final StressHub hub = new StressHub(4);
    private final StressWorker other = hub.consumer();
    private final StressWorker worker;

    public BellBeforeWait() {
      hub.put(1); // it goes to the other worker
      worker = hub.consumer().quiet();
      var _ = other.quiet();
    }

    @Actor
    public void worker(ZZZ_Result r) {
      hub.together();
      boolean rings = worker.down.mustRing(Lane.PARK);
      worker.down.startWaiting(false);
      r.r1 = !worker.down.quota.isLeft();
      r.r3 = rings;
    }

    @Actor
    public void pool(ZZZ_Result r) {
      hub.together();
      hub.hub.rung();
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r2 = worker.wasRung();
    }
  }
}
