package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/// [TakeAgainstDeathOfOther] with a flaw. FAILS, and is meant to: what comes back from the dead
/// worker is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t TakeAgainstDeathOfOtherWeakened"`
public class TakeAgainstDeathOfOtherWeakened {
  private TakeAgainstDeathOfOtherWeakened() {}

  /// The pool takes from the dead what it had seen, and does not look what it has claimed.
  @JCStressTest
  @Outcome(
      id = {"1, false", "0, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The dead worker had it, and another has it.")
  @State
  public static class WithoutCallBack {
    private final StressHub hub = new StressHub(4);
    private final StressWorker dead = hub.consumer();
    private final StressWorker worker;

    public WithoutCallBack() {
      hub.put(1);
      worker = hub.consumer();
    }

    @Actor
    public void worker(IZ_Result r) {
      hub.together();
      r.r1 = dead.take();
    }

    @Actor
    public void pool(IZ_Result r) {
      hub.together();
      boolean gives = dead.settle() == 0;
      var _ = dead.down.quota.takeBack(0);
      r.r2 = gives && worker.downEnd.write(StressHub.parcel(1));
    }
  }
}
