package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [SleepAgainstDeathOfOther] with a flaw. FAILS, and is meant to: the wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t SleepAgainstDeathOfOtherWeakened"`
public class SleepAgainstDeathOfOtherWeakened {
  private SleepAgainstDeathOfOtherWeakened() {}

  /// The pool looks whether the worker waits, and then gives it what comes back.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps, and the element is in its lane.")
  @State
  public static class WaitBeforeLeave {
    private final StressHub hub = new StressHub(4, true);
    private final StressWorker dead = hub.consumer();
    private final StressWorker worker;

    public WaitBeforeLeave() {
      hub.put(1);
      var _ = dead.take();
      worker = hub.consumer();
      var _ = worker.quiet();
    }

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.armTake();
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      r.r2 = worker.down.isWaiting();
      hub.hub.leave(dead.number(), true, true);
    }
  }
}
