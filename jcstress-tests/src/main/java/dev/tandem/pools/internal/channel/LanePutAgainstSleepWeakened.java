package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// [LanePutAgainstSleep] with a flaw each. FAIL, and are meant to: a wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t LanePutAgainstSleepWeakened"`
public class LanePutAgainstSleepWeakened {
  private LanePutAgainstSleepWeakened() {}

  /// The pool looks into the lane, and then sets the bell.
  @JCStressTest
  @Outcome(
      id = {"true, false, .*", "true, true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps with an element in a lane.")
  @State
  public static class LookBeforeBell {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.producer().quiet();

    @Actor
    public void worker(ZZZ_Result r) {
      hub.together();
      r.r1 = worker.puts(1);
    }

    @Actor
    public void pool(ZZZ_Result r) {
      hub.together();
      boolean found = worker.upEnd.hasNews();
      worker.up.want(Lane.PUT);
      r.r2 = !found;
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r3 = worker.hasRung();
    }
  }

  /// The worker looks at the bell, and then puts.
  @JCStressTest
  @Outcome(
      id = {"true, false, .*", "true, true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps with an element in a lane.")
  @State
  public static class BellBeforePut {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.producer().quiet();

    @Actor
    public void worker(ZZZ_Result r) {
      hub.together();
      boolean rings = worker.up.mustRing(Lane.PUT);
      var _ = worker.writer.write(StressHub.parcel(1));
      r.r1 = worker.up.quota.use() == Quota.USED;
      r.r3 = rings;
    }

    @Actor
    public void pool(ZZZ_Result r) {
      hub.together();
      r.r2 = hub.hub.armTake();
    }
  }
}
