package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [CancelAgainstFork] with a fork that looks for the cancellation and then adds the subtask.
/// FAILS, and is meant to: the subtask runs on in a scope that was cancelled.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CancelAgainstForkWeakened"`
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Told to stop, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on.")
@State
public class CancelAgainstForkWeakened {
  private final StressStart start = new StressStart();
  private StressScope s;

  @Actor
  public void owner() {
    s = new StressScope();
    ThreadChild<Integer> child = s.child();
    start.together();
    if (!s.scope.isCancelled()) {
      s.scope.children.add(child);
      child.start();
    }
  }

  @Actor
  public void canceller() {
    start.together();
    s.scope.cancel();
  }

  @Arbiter
  public void arbiter(II_Result r) {
    r.r1 = s.starts(0);
    r.r2 = s.interrupts(0);
  }
}
