package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: of a worker that starts a task and a pool that takes it back exactly one wins, so no
/// task is run by two workers, and none by no one.
///
/// Results: has it started, was it withdrawn.
///
/// Verdict: holds. With a look and a write it does not: see [StartAgainstWithdrawWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// StartAgainstWithdraw$"`
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The worker runs it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The pool has it back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two have it, or neither.")
@State
public class StartAgainstWithdraw {
  private final StatusPage page = StressPage.next();

  public StartAgainstWithdraw() {
    page.queue(1);
  }

  @Actor
  public void worker(ZZ_Result r) {
    r.r1 = page.start(1);
  }

  @Actor
  public void pool(ZZ_Result r) {
    r.r2 = page.withdraw(1);
  }
}
