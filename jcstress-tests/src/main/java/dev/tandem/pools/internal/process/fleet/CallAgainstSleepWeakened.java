package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// [CallAgainstSleep] with a dispatcher that looks first, and then takes back what it was asked.
/// FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CallAgainstSleepWeakened"`
@JCStressTest
@Outcome(id = "false, true, false", expect = Expect.FORBIDDEN, desc = "The call is lost.")
@Outcome(
    id = {"true, .*", "false, false, .*", "false, true, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "That should not be possible.")
@State
public class CallAgainstSleepWeakened {
  private final ParkFlag sleeper = new ParkFlag();
  private volatile boolean reason;

  @Actor
  public void dispatcher(ZZZ_Result r) {
    r.r1 = reason;
    sleeper.begin();
    r.r2 = sleeper.lieDown();
  }

  @Actor
  public void caller(ZZZ_Result r) {
    reason = true;
    r.r3 = sleeper.call();
  }
}
