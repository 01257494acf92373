package dev.tandem.structured;

import static dev.tandem.structured.StressEnd.pauseUntilParked;

import dev.tandem.queues.StressInterrupt;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Hypothesis: an owner that is interrupted while its last subtask completes throws, or returns and
/// keeps the interrupt.
///
/// Results: what `join` did.
///
/// Verdict: holds. If the wait took the interrupt and then looked whether all has completed, it
/// would not: see [JoinAgainstInterruptWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.JoinAgainstInterrupt$"`
@JCStressTest
@Outcome(id = "joined, flag kept", expect = Expect.ACCEPTABLE, desc = "Completed first.")
@Outcome(id = "interrupted", expect = Expect.ACCEPTABLE, desc = "Interrupted first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt is lost, or is there twice.")
@State
public class JoinAgainstInterrupt {
  private final StressInterrupt interrupt = new StressInterrupt();
  private StressScope s;
  private ThreadChild<Integer> child;

  @Actor
  public void owner(L_Result r) {
    s = new StressScope();
    child = s.forkPlayed();
    r.r1 = interrupt.during(s.scope::join);
  }

  @Actor
  public void stranger() {
    interrupt.and(() -> {
      pauseUntilParked();
      child.succeed(1);
      return 0;
    });
  }
}
