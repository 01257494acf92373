package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/// [ClaimAgainstSleep] with a flaw each. FAIL, and are meant to: a wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ClaimAgainstSleepWeakened"`
public class ClaimAgainstSleepWeakened {
  private ClaimAgainstSleepWeakened() {}

  /// The pool looks what was claimed, and then sets the mark.
  @JCStressTest
  @Outcome(
      id = {".*, false, .*", "1, true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps, and there is room.")
  @State
  public static class LookBeforeMark {
    private final StressHub hub = new StressHub(1);
    private final StressWorker worker = hub.consumer();

    public LookBeforeMark() {
      hub.put(1);
      var _ = worker.quiet();
      worker.down.setMark(Lane.FAR);
    }

    @Actor
    public void worker(IZZ_Result r) {
      hub.together();
      r.r1 = worker.take();
    }

    @Actor
    public void pool(IZZ_Result r) {
      hub.together();
      int used = worker.down.quota.used();
      worker.down.setMark(used == 0 ? 1 : Lane.FAR);
      r.r2 = used == 0;
    }

    @Arbiter
    public void after(IZZ_Result r) {
      r.r3 = worker.hasRung();
    }
  }

  /// The worker looks at the mark, and then claims.
  @JCStressTest
  @Outcome(
      id = {".*, false, .*", "1, true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps, and there is room.")
  @State
  public static class MarkBeforeClaim {
    private final StressHub hub = new StressHub(1);
    private final StressWorker worker = hub.consumer();

    public MarkBeforeClaim() {
      hub.put(1);
      var _ = worker.quiet();
      worker.down.setMark(Lane.FAR);
    }

    @Actor
    public void worker(IZZ_Result r) {
      hub.together();
      int mark = worker.down.mark();
      r.r1 = worker.down.quota.use();
      r.r3 = mark == 1;
    }

    @Actor
    public void pool(IZZ_Result r) {
      hub.together();
      r.r2 = hub.hub.armPut(true);
    }
  }
}
