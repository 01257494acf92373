package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [ClaimAgainstDeath] with a flaw. FAILS, and is meant to: an element is taken twice.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ClaimAgainstDeathWeakened"`
public class ClaimAgainstDeathWeakened {
  private ClaimAgainstDeathWeakened() {}

  /// The pool looks what is not claimed, and then takes it back.
  @JCStressTest
  @Outcome(
      id = {"7, 0", "0, 1"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The worker has it, and the pool.")
  @State
  public static class LookBeforeTakeBack {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.consumer();

    public LookBeforeTakeBack() {
      hub.put(7);
    }

    @Actor
    public void worker(II_Result r) {
      hub.together();
      r.r1 = worker.take();
    }

    @Actor
    public void pool(II_Result r) {
      hub.together();
      r.r2 = 1 - worker.settle();
      var _ = worker.down.quota.takeBack(0);
    }
  }
}
