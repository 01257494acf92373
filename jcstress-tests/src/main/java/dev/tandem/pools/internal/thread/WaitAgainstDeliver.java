package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a consumer that is about to park sees the result, or the deliverer sees that it must
/// wake the consumer: no wake-up of a `map` is lost.
///
/// Results: did the consumer see the result, did the runner wake it.
///
/// Verdict: holds. With release and acquire instead of volatile it does not: see
/// [WaitAgainstDeliverWeakened].
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "Seen without a wake-up.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Woken though it had seen it.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class WaitAgainstDeliver {
  private final MapRing ring = new MapRing(1, true);

  public WaitAgainstDeliver() {
    ring.put("input");
    ring.claim(new MapRing.Chunk(1));
  }

  @Actor
  public void consumer(ZZ_Result r) {
    ring.announceWait();
    r.r1 = ring.isHeadReadyVolatile();
  }

  @Actor
  public void runner(ZZ_Result r) {
    r.r2 = ring.deliver(0, "result");
  }
}
