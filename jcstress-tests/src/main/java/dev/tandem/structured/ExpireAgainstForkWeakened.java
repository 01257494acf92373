package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [ExpireAgainstFork] with a fork that looks for the deadline and then counts itself in. FAILS,
/// and is meant to: neither sees the other.
///
/// Results: has the fork seen the deadline, has the timer seen the fork.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ExpireAgainstForkWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "Cut off.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs beyond the deadline.")
@State
public class ExpireAgainstForkWeakened {
  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();

  @Actor
  public void owner(ZZ_Result r) {
    start.together();
    r.r1 = s.scope.state.expiredBy() != null;
    s.scope.state.fork();
  }

  @Actor
  public void timer(ZZ_Result r) {
    start.together();
    r.r2 = s.scope.state.expire(s.scope);
  }
}
