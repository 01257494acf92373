package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: a subtask that is forked while the deadline passes does not run beyond it: it never
/// runs, or it is told to stop; and the scope knows that it timed out.
///
/// Results: starts, interrupts, has the scope timed out, how many are unfinished.
///
/// Verdict: holds. If the fork looked for the deadline before it counts itself in, it would not:
/// see [ExpireAgainstForkWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// ExpireAgainstFork$"`
@JCStressTest
@Outcome(id = "0, 0, true, 0", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "1, 1, true, 0", expect = Expect.ACCEPTABLE, desc = "Told to stop, once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs beyond the deadline.")
@State
public class ExpireAgainstFork {
  private final StressStart start = new StressStart();
  private StressScope s;

  @Actor
  public void owner() {
    s = new StressScope();
    start.together();
    s.fork();
  }

  @Actor
  public void timer() {
    start.together();
    s.expire();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = s.starts(0);
    r.r2 = s.interrupts(0);
    r.r3 = s.isTimedOut();
    r.r4 = s.unfinished();
  }
}
