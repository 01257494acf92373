package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a step is used or taken back, exactly one of them, also by a user that knows from
/// before that it is there.
///
/// Results: of the use, how many were taken back, how many are left.
///
/// Verdict: holds. Without the order of limit and epoch, without a new epoch or without the
/// compare-and-set it does not: see [UseAgainstTakeBackWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// UseAgainstTakeBack$"`
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The user has it.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The giver has it back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two have it, or neither.")
@State
public class UseAgainstTakeBack {
  private final StressQuota quota = new StressQuota(2);

  @Actor
  public void user(III_Result r) {
    r.r1 = quota.user.use();
  }

  @Actor
  public void giver(III_Result r) {
    r.r2 = quota.giver.takeBack(0);
  }

  @Arbiter
  public void after(III_Result r) {
    r.r3 = quota.giver.left();
  }
}
