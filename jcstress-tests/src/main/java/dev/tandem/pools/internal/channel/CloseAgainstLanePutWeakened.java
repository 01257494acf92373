package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [CloseAgainstLanePut] with a flaw. FAILS, and is meant to: an element is put after the end.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CloseAgainstLanePutWeakened"`
public class CloseAgainstLanePutWeakened {
  private CloseAgainstLanePutWeakened() {}

  /// The pool closes the lane, and leaves the places that it has given.
  @JCStressTest
  @Outcome(
      id = {"1, 1", "0, 0", "-1, 0"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "Put after the end.")
  @State
  public static class PlacesStay {
    private final StressHub hub = new StressHub(4);
    private final StressWorker worker = hub.producer().quiet();

    @Actor
    public void worker(II_Result r) {
      hub.together();
      r.r1 = worker.steps.tryPut(StressHub.parcel(7));
    }

    @Actor
    public void pool(II_Result r) {
      hub.together();
      worker.up.quota.close();
      r.r2 = worker.admit();
    }
  }
}
