package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [PassAgainstStream] without what makes it hold: jcstress must find the forbidden outcome.
public class PassAgainstStreamWeakened {
  private PassAgainstStreamWeakened() {}

  /// The pool looks what was put, and then says that it wants to be told.
  @JCStressTest
  @Outcome(
      id = {"true, .*", "false, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool does not know of it.")
  @State
  public static class LookBeforeBell {
    private final StressHub hub = new StressHub(16);
    private final StressWorker worker = hub.consumer();
    private final StressWorker putter = hub.producer();

    public LookBeforeBell() {
      hub.stream(putter, worker);
      worker.down.setMark(Lane.FAR);
    }

    @Actor
    public void workers() {
      hub.together();
      var _ = StressHub.putsOneAndTakesAll(putter, worker);
    }

    @Actor
    public void pool(ZZ_Result r) {
      hub.together();
      r.r1 = putter.upEnd.hasNews();
      putter.up.want(Lane.PUT);
    }

    @Arbiter
    public void after(ZZ_Result r) {
      r.r2 = worker.hasRung() || putter.hasRung();
    }
  }

  /// The pool sets a mark, and does not look whether the worker can reach it.
  @JCStressTest
  @Outcome(
      id = {"true, .*", "false, true"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The pool does not know of it.")
  @State
  public static class MarkWithoutLook {
    private final StressHub hub = new StressHub(16);
    private final StressWorker worker = hub.consumer();
    private final StressWorker putter = hub.producer();

    public MarkWithoutLook() {
      hub.stream(putter, worker);
      worker.down.setMark(worker.down.quota.used() + Lane.FAR);
    }

    @Actor
    public void workers() {
      hub.together();
      var _ = StressHub.putsOneAndTakesAll(putter, worker);
    }

    @Actor
    public void pool() {
      hub.together();
      worker.down.setMark(worker.down.quota.used() + 2);
    }

    @Arbiter
    public void after(ZZ_Result r) {
      r.r2 = worker.hasRung() || putter.hasRung();
    }
  }
}
