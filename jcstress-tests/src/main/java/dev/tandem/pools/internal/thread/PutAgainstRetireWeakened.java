package dev.tandem.pools.internal.thread;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [PutAgainstRetire] with a runner that looks for inputs before it counts itself out. FAILS, and
/// is meant to: the input is stranded.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PutAgainstRetireWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "The input is stranded.")
@State
public class PutAgainstRetireWeakened {
  private final MapRing ring = new MapRing(1, true);
  private final AtomicInteger active = new AtomicInteger(1);

  @Actor
  public void consumer(ZZ_Result r) {
    ring.put("input");
    r.r1 = active.get() < 1;
  }

  @Actor
  public void runner(ZZ_Result r) {
    r.r2 = ring.hasUnclaimed();
    if (!r.r2) {
      active.decrementAndGet();
    }
  }
}
