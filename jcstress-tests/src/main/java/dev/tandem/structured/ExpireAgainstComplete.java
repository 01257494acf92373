package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: the deadline cuts off a last subtask that has not completed, and does not cancel a
/// scope whose subtasks all have: in that case, each handle has its result.
///
/// Results: the handle's state after the timer has done its work, has the scope timed out,
/// interrupts, how many are unfinished in the end.
///
/// Verdict: holds. If a subtask counted itself out before it has its result, it would not: see
/// [ExpireAgainstCompleteWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// ExpireAgainstComplete$"`
@JCStressTest
@Outcome(id = "SUCCESS, false, 0, 0", expect = Expect.ACCEPTABLE, desc = "Completed in time.")
@Outcome(id = "UNAVAILABLE, true, 1, 0", expect = Expect.ACCEPTABLE, desc = "Cut off.")
@Outcome(
    id = "SUCCESS, true, 0, 0",
    expect = Expect.ACCEPTABLE,
    desc = "It has its result; the deadline passed before it was counted out.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The deadline is missed, or cuts off what it must not.")
@State
public class ExpireAgainstComplete {
  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private final ThreadChild<Integer> child = s.forkPlayed();

  @Actor
  public void body() {
    start.together();
    child.succeed(1);
  }

  @Actor
  public void timer(LLLL_Result r) {
    start.together();
    s.expire();
    r.r1 = child.state();
    r.r2 = s.isTimedOut();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r3 = s.interrupts(0);
    r.r4 = s.unfinished();
  }
}
