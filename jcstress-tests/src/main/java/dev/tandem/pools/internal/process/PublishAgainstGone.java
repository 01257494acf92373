package dev.tandem.pools.internal.process;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/// Hypothesis: a task of a process pool is counted out once, when its future is done and its job is
/// gone, whichever comes last: so a pool that has terminated has no open future, and each pool
/// terminates.
///
/// Results: how often it was counted out, whether before its future was done.
///
/// Verdict: holds. With two flags it does not: see [PublishAgainstGoneWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// PublishAgainstGone$"`
@JCStressTest
@Outcome(id = "1, false", expect = Expect.ACCEPTABLE, desc = "Once, after its future was done.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Twice, never or too early.")
@State
public class PublishAgainstGone {
  private final StressProcessRun run = StressProcessRun.create(true);

  @Actor
  public void reader() {
    run.failed(); // hands the outcome over, and is gone
  }

  @Actor
  public void callbacks() {
    while (!run.runCallback()) {
      Thread.onSpinWait();
    }
  }

  @Arbiter
  public void arbiter(IZ_Result r) {
    while (run.runCallback()) {}
    r.r1 = run.ends.count.get();
    r.r2 = run.ends.tooEarly;
  }
}
