package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: of two threads that cancel a subtask, such as the canceller and an owner that joins,
/// one interrupts it, and for each the handle has its final outcome when the call returns.
///
/// Results: what the two see, interrupts, the number of unfinished subtasks.
///
/// Verdict: holds. If both looked and then wrote, it would not: see [CancelAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.CancelAgainstCancel$"`
@JCStressTest
@Outcome(id = "true, true, 1, 0", expect = Expect.ACCEPTABLE, desc = "One interrupt.")
@Outcome(expect = Expect.FORBIDDEN, desc = "None, or two; or the handle has no answer.")
@State
public class CancelAgainstCancel {
  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private final ThreadChild<Integer> child = s.fork();

  public CancelAgainstCancel() {
    s.markCancelled();
  }

  @Actor
  public void canceller(LLLL_Result r) {
    start.together();
    child.cancel();
    r.r1 = child.wasCutOff();
  }

  @Actor
  public void owner(LLLL_Result r) {
    start.together();
    child.cancel();
    r.r2 = child.wasCutOff();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r3 = s.interrupts(0);
    r.r4 = s.unfinished();
  }
}
