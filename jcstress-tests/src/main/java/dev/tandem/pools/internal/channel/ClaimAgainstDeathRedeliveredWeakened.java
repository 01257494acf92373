package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// [ClaimAgainstDeathRedelivered] with a flaw. FAILS, and is meant to: an element is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t
/// ClaimAgainstDeathRedeliveredWeakened"`
public class ClaimAgainstDeathRedeliveredWeakened {
  private ClaimAgainstDeathRedeliveredWeakened() {}

  /// The pool looks what was claimed, takes the rest back, and does not look again.
  @JCStressTest
  @Outcome(
      id = {"7, 1, 0", "7, 0, 1", "0, 0, 1"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It was claimed meanwhile.")
  @State
  public static class LookBeforeTakeBack {
    private final StressHub hub = new StressHub(4, true);
    private final StressWorker worker = hub.consumer();

    public LookBeforeTakeBack() {
      hub.put(7);
    }

    @Actor
    public void worker(III_Result r) {
      hub.together();
      r.r1 = worker.take();
    }

    @Actor
    public void pool(III_Result r) {
      hub.together();
      r.r2 = worker.settle();
      r.r3 = worker.down.quota.takeBack(0);
    }
  }
}
