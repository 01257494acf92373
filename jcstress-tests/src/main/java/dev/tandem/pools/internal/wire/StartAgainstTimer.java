package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Hypothesis: a timer that finds a task started never sees the time at which the task before it
/// started; it would stop the task too early.
///
/// Result: the time that it sees; -1 if the task has not started.
///
/// Verdict: holds. The other way round it does not: see [StartAgainstTimerWeakened].
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "Not started.")
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "Its own time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The time of a task before it.")
@State
public class StartAgainstTimer {
  private final StatusPage page = StressPage.next();

  public StartAgainstTimer() {
    page.startedAt(5);
    page.queue(1);
  }

  @Actor
  public void worker() {
    page.startedAt(7);
    page.start(1);
  }

  @Actor
  public void timer(J_Result r) {
    r.r1 = page.hasStarted(1) ? page.startedAt() : -1;
  }
}
