package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [ReadAgainstSleep] with a flaw each. FAIL, and are meant to: a wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ReadAgainstSleepWeakened"`
public class ReadAgainstSleepWeakened {
  private ReadAgainstSleepWeakened() {}

  /// The worker looks for room, and then says that it waits.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps, and its lane is empty.")
  @State
  public static class LookBeforeWait {
    private final StressHub hub = new StressHub(100);
    private final StressWorker worker = hub.producer().quiet();

    public LookBeforeWait() {
      for (int i = 1; i <= 5; i++) { // the ring is full
        if (!worker.puts(i)) {
          throw new IllegalStateException();
        }
      }
    }

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      boolean found = worker.writer.hasRoomForLargest();
      worker.up.startWaiting(true);
      r.r1 = !found;
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      hub.hub.rung();
    }

    @Arbiter
    public void after(ZZ_Result r) {
      r.r2 = worker.wasRung();
    }
  }

  /// The pool looks whether the worker waits, and then reads.
  @JCStressTest
  @Outcome(
      id = {"false, .*", "true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It sleeps, and its lane is empty.")
  @State
  public static class WaitBeforeRead {
    private final StressHub hub = new StressHub(100);
    private final StressWorker worker = hub.producer().quiet();

    public WaitBeforeRead() {
      for (int i = 1; i <= 5; i++) { // the ring is full
        if (!worker.puts(i)) {
          throw new IllegalStateException();
        }
      }
    }

    @Actor
    public void worker(ZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.armPut(true);
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      r.r2 = worker.up.isWaiting();
      var _ = worker.admit();
    }
  }
}
