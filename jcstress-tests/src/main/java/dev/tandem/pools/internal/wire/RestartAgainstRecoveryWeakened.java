package dev.tandem.pools.internal.wire;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [RestartAgainstRecovery] with the new base written before the region is empty. FAILS, and is
/// meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t RestartAgainstRecoveryWeakened"`
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Replies are read twice.")
@State
public class RestartAgainstRecoveryWeakened {
  private static final int SENT = 8;

  private volatile long base;
  private volatile int length = SENT;

  @Actor
  public void worker() {
    base = SENT;
    length = 0;
  }

  @Actor
  public void pool(I_Result r) {
    long from = SENT - base;
    r.r1 = (int) Math.max(0, length - from);
  }
}
