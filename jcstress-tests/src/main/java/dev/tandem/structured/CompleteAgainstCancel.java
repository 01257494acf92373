package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: of the completion of a subtask and the cancellation of its scope one comes first. A
/// subtask that was first keeps its result and is not interrupted; one that was not is interrupted
/// once, its result is dropped, and the joiner is not called.
///
/// Results: the state of the handle, interrupts, what the joiner was told, how many are unfinished.
///
/// Verdict: holds. If both looked and then wrote, it would not: see
/// [CompleteAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.CompleteAgainstCancel$"`
@JCStressTest
@Outcome(id = "SUCCESS, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "Completed first.")
@Outcome(
    id = "SUCCESS, 0, 0, 0",
    expect = Expect.ACCEPTABLE,
    desc = "Completed first, but the scope was cancelled before the joiner was told.")
@Outcome(id = "UNAVAILABLE, 1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Cancelled first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both, or neither.")
@State
public class CompleteAgainstCancel {
  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private final ThreadChild<Integer> child = s.forkPlayed();

  @Actor
  public void body() {
    start.together();
    child.succeed(1);
  }

  @Actor
  public void canceller() {
    start.together();
    s.scope.cancel();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = child.isFinal() ? child.state() : "no answer";
    r.r2 = s.interrupts(0);
    r.r3 = s.joiner.completions();
    r.r4 = s.unfinished();
  }
}
