package dev.tandem.pools.internal.thread;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [WaitAgainstDeliver] with release and acquire in place of volatile. FAILS, and is meant to, on
/// x86 too: a store may pass a later load of another variable, so both sides look too early.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t WaitAgainstDeliverWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class WaitAgainstDeliverWeakened {
  private final AtomicReference<String> result = new AtomicReference<>();
  private final AtomicLong awaited = new AtomicLong(-1);

  @Actor
  public void consumer(ZZ_Result r) {
    awaited.setRelease(0);
    r.r1 = result.getAcquire() != null;
  }

  @Actor
  public void runner(ZZ_Result r) {
    result.setRelease("result");
    r.r2 = awaited.getAcquire() == 0;
  }
}
