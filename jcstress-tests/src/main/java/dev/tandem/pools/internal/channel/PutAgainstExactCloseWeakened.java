package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// [PutAgainstExactClose] with a giver that closes and takes nothing back. FAILS, and is meant to:
/// an element is put after the giver has counted them.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PutAgainstExactCloseWeakened"`
@JCStressTest
@Outcome(
    id = {"1, 2, 42", "0, 1, 0", "-1, 1, 0"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "The element comes late.")
@State
public class PutAgainstExactCloseWeakened {
  private final StressQuota quota = new StressQuota(2);
  private int element;

  @Actor
  public void user(III_Result r) {
    element = 42;
    r.r1 = quota.user.use();
  }

  @Actor
  public void giver(III_Result r) {
    quota.giver.close();
    r.r2 = quota.giver.used();
    r.r3 = r.r2 == 2 ? element : 0;
  }
}
