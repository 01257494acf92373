package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a worker that has sent its replies and starts their region again can die at any
/// step: the pool, which has received all of them, finds none of them a second time.
///
/// Result: how many bytes it finds.
///
/// Verdict: holds. In the other order it does not: see [RestartAgainstRecoveryWeakened].
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Nothing twice.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Replies are read twice.")
@State
public class RestartAgainstRecovery {
  private static final int SENT = 8;

  private final StatusPage page = StressPage.next();

  public RestartAgainstRecovery() {
    page.restartReplies(0);
    page.commitReplies(SENT);
  }

  @Actor
  public void worker() {
    page.restartReplies(SENT);
  }

  @Actor
  public void pool(I_Result r) {
    r.r1 = page.unsentReplies(SENT).length;
  }
}
