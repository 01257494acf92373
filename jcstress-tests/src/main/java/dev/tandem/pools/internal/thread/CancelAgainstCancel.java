package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: of two cancels of a task that has not started at least one says yes, and the task
/// ends once: a permit that it holds is given back once.
///
/// Verdict: holds.
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The first cancelled it.")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "The second cancelled it.")
@Outcome(
    id = "1, 1, 1",
    expect = Expect.ACCEPTABLE,
    desc = "One took the step, the other completed the future.")
@Outcome(expect = Expect.FORBIDDEN, desc = "No canceller won, or it ended twice.")
@State
public class CancelAgainstCancel {
  private final StressTasks.EndCount ends = new StressTasks.EndCount();
  private final TaskRun<Integer> task = StressTasks.task(StressTasks.host(ends), () -> 1);

  @Actor
  public void first(III_Result r) {
    r.r1 = task.cancel(true) && task.isDone() ? 1 : 0;
  }

  @Actor
  public void second(III_Result r) {
    r.r2 = task.cancel(false) && task.isDone() ? 1 : 0;
  }

  @Arbiter
  public void arbiter(III_Result r) {
    r.r3 = task.isCancelled() ? ends.get() : -1;
  }
}
