package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// [TakeAgainstCallBack] with a flaw. FAILS, and is meant to: what the worker has read was called
/// back.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t TakeAgainstCallBackWeakened"`
public class TakeAgainstCallBackWeakened {
  private TakeAgainstCallBackWeakened() {}

  /// The worker reads the record, and then claims it.
  @JCStressTest
  @Outcome(
      id = {"1, 0, .*", "0, 1, .*", "2, 1, .*"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The worker has it, and the pool.")
  @State
  public static class ReadBeforeClaim {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.consumer();

    public ReadBeforeClaim() {
      hub.put(1);
    }

    @Actor
    public void worker(III_Result r) {
      hub.together();
      Parcel parcel = null;
      if (worker.down.quota.isLeft()) {
        parcel = worker.read();
        parcel = worker.down.quota.use() == Quota.USED ? parcel : null;
      }
      r.r1 = StressHub.number(parcel);
    }

    @Actor
    public void pool(III_Result r) {
      hub.together();
      r.r2 = hub.take();
      hub.put(2);
    }
  }
}
