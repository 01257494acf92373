package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [OpenAgainstCancel] with a scope that looks whether the one around it was cancelled and then
/// shows itself there. FAILS, and is meant to: neither sees the other.
///
/// Results: has the inner one seen the cancellation, was it told.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t OpenAgainstCancelWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "Cancelled from outside.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It lives in a scope that was cancelled.")
@State
public class OpenAgainstCancelWeakened {
  private final StressStart start = new StressStart();
  private final StressScope outer = new StressScope();
  private final StressScope inner = new StressScope();

  @Actor
  public void owner(ZZ_Result r) {
    start.together();
    r.r1 = outer.scope.isCancelled();
    outer.scope.inner = inner.scope;
  }

  @Actor
  public void canceller(ZZ_Result r) {
    start.together();
    outer.markCancelled();
    r.r2 = outer.scope.inner == inner.scope;
  }
}
