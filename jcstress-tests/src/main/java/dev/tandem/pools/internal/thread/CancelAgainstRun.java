package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Hypothesis: a task that is cancelled with an interrupt while a pool's thread runs it has exactly
/// one outcome and one end, and the interrupt never stays on the thread for the next task.
///
/// Results: did the body run, did cancel say yes, how many ends, is the flag left on the thread.
///
/// Verdict: holds. The same without the hand-shake is [CancelAgainstRunWeakened], which fails.
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// CancelAgainstRun$"`
@JCStressTest
@Outcome(id = "0, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Cancelled before it started.")
@Outcome(id = "1, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Cancelled while it ran.")
@Outcome(
    id = "1, 0, 1, 0",
    expect = Expect.ACCEPTABLE,
    desc = "Ended before it could be cancelled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes, none, or an interrupt left behind.")
@State
public class CancelAgainstRun {
  private final StressTasks.EndCount ends = new StressTasks.EndCount();
  private int ran;
  private final TaskRun<Integer> task = StressTasks.task(StressTasks.host(ends), () -> ran = 1);

  @Actor
  public void pool(IIII_Result r) {
    task.run();
    r.r4 = Thread.interrupted() ? 1 : 0;
  }

  @Actor
  public void canceller(IIII_Result r) {
    r.r2 = task.cancel(true) ? 1 : 0;
  }

  @Arbiter
  public void arbiter(IIII_Result r) {
    r.r1 = ran;
    r.r3 = task.isDone() && task.isCancelled() == (r.r2 == 1) ? ends.get() : -1;
  }
}
