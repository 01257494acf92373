package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [WriteAgainstRead] with a flaw. FAILS, and is meant to: records are written over.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t WriteAgainstReadWeakened"`
public class WriteAgainstReadWeakened {
  private WriteAgainstReadWeakened() {}

  /// The pool gives the room back, and then reads.
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 1"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The first record was written over.")
  @State
  public static class ReleaseBeforeRead {
    private final StressHub hub = new StressHub(100);
    private final StressWorker worker = hub.producer().quiet();

    public ReleaseBeforeRead() {
      for (int i = 1; i <= 5; i++) { // the ring is full
        if (!worker.puts(i)) {
          throw new IllegalStateException();
        }
      }
    }

    @Actor
    public void worker(II_Result r) {
      hub.together();
      r.r1 = worker.steps.tryPut(StressHub.parcel(6));
    }

    @Actor
    public void pool(II_Result r) {
      hub.together();
      worker.up.release(StressHub.RING);
      r.r2 = StressHub.number(StressHub.firstOf(worker.up));
    }
  }
}
