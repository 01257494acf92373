package dev.tandem.structured;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [CompleteAgainstJoin] with an owner that counts, then says that it waits, and parks. FAILS, and
/// is meant to: the last completion comes in between.
///
/// Results: had all completed when the owner looked, was it woken.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CompleteAgainstJoinWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "Seen without parking.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class CompleteAgainstJoinWeakened {
  private final AtomicInteger unfinished = new AtomicInteger(1);
  private volatile boolean waiting;

  @Actor
  public void owner(ZZ_Result r) {
    r.r1 = unfinished.get() == 0;
    if (!r.r1) {
      waiting = true;
    }
  }

  @Actor
  public void body(ZZ_Result r) {
    unfinished.getAndDecrement();
    r.r2 = waiting;
  }
}
