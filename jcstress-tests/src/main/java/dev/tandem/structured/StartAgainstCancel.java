package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: of the start of a subtask and its cancellation one comes first: it never runs, or it
/// is started and interrupted, and either way it is counted out once.
///
/// Results: did `start` say that it runs, starts, interrupts, how many are unfinished.
///
/// Verdict: holds. If both looked and then wrote, it would not: see [StartAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.StartAgainstCancel$"`
@JCStressTest
@Outcome(id = "false, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "true, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Started and interrupted.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on, or counts twice or never.")
@State
public class StartAgainstCancel {
  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private final ThreadChild<Integer> child = s.child();

  public StartAgainstCancel() {
    s.markCancelled();
  }

  @Actor
  public void starter(LLLL_Result r) {
    start.together();
    r.r1 = child.start();
  }

  @Actor
  public void canceller() {
    start.together();
    child.cancel();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r2 = s.starts(0);
    r.r3 = s.interrupts(0);
    r.r4 = s.unfinished();
  }
}
