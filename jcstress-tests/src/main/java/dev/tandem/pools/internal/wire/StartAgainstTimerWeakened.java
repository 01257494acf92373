package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// [StartAgainstTimer] with the time written after the start, which is more exact. FAILS, and is
/// meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t StartAgainstTimerWeakened"`
@JCStressTest
@Outcome(
    id = {"-1", "7"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "The time of a task before it.")
@State
public class StartAgainstTimerWeakened {
  private final StatusPage page = StressPage.next();

  public StartAgainstTimerWeakened() {
    page.startedAt(5);
    page.queue(1);
  }

  @Actor
  public void worker() {
    page.start(1);
    page.startedAt(7);
  }

  @Actor
  public void timer(J_Result r) {
    r.r1 = page.hasStarted(1) ? page.startedAt() : -1;
  }
}
