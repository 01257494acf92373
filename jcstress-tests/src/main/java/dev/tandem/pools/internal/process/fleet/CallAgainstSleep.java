package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Hypothesis: a caller of the dispatcher, for whatever reason, is heard: it looks after the call,
/// or it is unparked.
///
/// Results: has its look found the reason, does it park, was it unparked.
///
/// Verdict: holds. If it takes back what it was asked after its look, it does not: see
/// [CallAgainstSleepWeakened].
@JCStressTest
@Outcome(id = "false, true, false", expect = Expect.FORBIDDEN, desc = "The call is lost.")
@Outcome(
    id = {"true, .*", "false, false, .*", "false, true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "It was found, or it looks again, or it is unparked.")
@Outcome(expect = Expect.FORBIDDEN, desc = "That should not be possible.")
@State
public class CallAgainstSleep {
  private final ParkFlag sleeper = new ParkFlag();
  private boolean reason;

  @Actor
  public void dispatcher(ZZZ_Result r) {
    sleeper.begin();
    r.r1 = reason;
    r.r2 = sleeper.lieDown();
  }

  @Actor
  public void caller(ZZZ_Result r) {
    reason = true;
    r.r3 = sleeper.call();
  }
}
