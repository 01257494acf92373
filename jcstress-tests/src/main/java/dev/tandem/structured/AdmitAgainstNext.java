package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/// Hypothesis: a subtask that is forked at the concurrency limit just as a body ends is started,
/// and once.
///
/// Results: starts, is the permit of the one that ended taken.
///
/// Verdict: holds. If looking for a permit and waiting for it were two steps, it would not: see
/// [AdmitAgainstNextWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// AdmitAgainstNext$"`
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "Started.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Stranded, started twice, or one too many can start.")
@State
public class AdmitAgainstNext {
  private final StressStart start = new StressStart();
  private StressScope s;
  private ThreadChild<Integer> first;

  @Actor
  public void owner() {
    s = StressScope.limitedTo(1);
    first = s.forkPlayed();
    start.together();
    s.forkPlayed();
  }

  @Actor
  public void body() {
    start.together();
    first.succeed(1);
    s.scope.bodyEnded();
  }

  @Arbiter
  public void arbiter(IZ_Result r) {
    r.r1 = s.starts(1);
    ThreadChild<Integer> third = s.forkInside();
    r.r2 = third.stage() == Child.NEW;
  }
}
