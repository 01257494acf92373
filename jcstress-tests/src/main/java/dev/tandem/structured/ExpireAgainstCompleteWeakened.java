package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [ExpireAgainstComplete] with a subtask that counts itself out and then sets its result. FAILS,
/// and is meant to: the deadline does not cancel a scope whose subtask has no result.
///
/// Results: did the timer find unfinished work, did it find the result.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ExpireAgainstCompleteWeakened"`
@JCStressTest
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "Cut off.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Completed in time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The deadline is missed.")
@State
public class ExpireAgainstCompleteWeakened {
  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private volatile boolean complete;

  public ExpireAgainstCompleteWeakened() {
    s.scope.state.fork();
  }

  @Actor
  public void body() {
    start.together();
    s.scope.state.finished();
    complete = true;
  }

  @Actor
  public void timer(ZZ_Result r) {
    start.together();
    r.r1 = s.scope.state.expire(s.scope);
    r.r2 = complete;
  }
}
