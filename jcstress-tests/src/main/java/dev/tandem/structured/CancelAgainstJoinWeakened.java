package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [CancelAgainstJoin] with an owner that leaves the telling to the canceller. FAILS, and is meant
/// to: the owner reads the handle of a subtask that looks as if it ran.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CancelAgainstJoinWeakened"`
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Cancelled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "No answer.")
@State
public class CancelAgainstJoinWeakened {
  private final StressStart start = new StressStart();
  private StressScope s;
  private ThreadChild<Integer> child;

  @Actor
  public void owner(Z_Result r) {
    s = new StressScope();
    child = s.fork();
    start.together();
    try {
      s.scope.state.await(this, 0, ScopeState.FOREVER);
      r.r1 = child.wasCutOff();
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Actor
  public void canceller() {
    start.together();
    s.scope.cancel();
  }
}
