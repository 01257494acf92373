package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// [TaskDoneAgainstSleep] with a flaw each. FAIL, and are meant to: a wake-up is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t TaskDoneAgainstSleepWeakened"`
public class TaskDoneAgainstSleepWeakened {
  private TaskDoneAgainstSleepWeakened() {}

  /// The pool looks what is done, and then sets the bell.
  @JCStressTest
  @Outcome(
      id = {"true, false, .*", "true, true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps, and there is room.")
  @State
  public static class LookBeforeBell {
    private final StressHub hub = new StressHub(1, true);
    private final StressWorker worker = hub.consumer();

    public LookBeforeBell() {
      hub.put(1);
      var _ = worker.take();
      var _ = worker.quiet();
    }

    @Actor
    public void worker(ZZZ_Result r) {
      hub.together();
      r.r1 = worker.steps.taskDone();
    }

    @Actor
    public void pool(ZZZ_Result r) {
      hub.together();
      boolean found = worker.down.done() == 1;
      worker.down.want(Lane.DONE);
      r.r2 = !found;
    }

    @Arbiter
    public void after(ZZZ_Result r) {
      r.r3 = worker.hasRung();
    }
  }

  /// The worker looks at the bell, and then says that it is done.
  @JCStressTest
  @Outcome(
      id = {"true, false, .*", "true, true, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps, and there is room.")
  @State
  public static class BellBeforeDone {
    private final StressHub hub = new StressHub(1, true);
    private final StressWorker worker = hub.consumer();

    public BellBeforeDone() {
      hub.put(1);
      var _ = worker.take();
      var _ = worker.quiet();
    }

    @Actor
    public void worker(ZZZ_Result r) {
      hub.together();
      r.r1 = true;
      r.r3 = worker.down.mustRing(Lane.DONE);
      worker.down.addDone();
    }

    @Actor
    public void pool(ZZZ_Result r) {
      hub.together();
      r.r2 = hub.hub.armPut(true);
    }
  }
}
