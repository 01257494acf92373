package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: when the giver of a lane's places has taken all back and closed, it sees how many
/// elements were put, all of them, and none is put after that.
///
/// Results: of the step with which the user publishes its element, how many steps the giver finds
/// used, the element that it reads.
///
/// Verdict: holds. With a close alone it does not: see [PutAgainstExactCloseWeakened].
@JCStressTest
@Outcome(id = "1, 2, 42", expect = Expect.ACCEPTABLE, desc = "It was put before the close.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "Its place was taken back.")
@Outcome(id = "-1, 1, 0", expect = Expect.ACCEPTABLE, desc = "It was put after the close.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is lost, or comes late, or is not whole.")
@State
public class PutAgainstExactClose {
  private final StressQuota quota = new StressQuota(2);
  private int element;

  @Actor
  public void user(III_Result r) {
    element = 42;
    r.r1 = quota.user.use();
  }

  @Actor
  public void giver(III_Result r) {
    var _ = quota.giver.takeBack(0);
    quota.giver.close();
    r.r2 = quota.giver.used();
    r.r3 = r.r2 == 2 ? element : 0;
  }
}
