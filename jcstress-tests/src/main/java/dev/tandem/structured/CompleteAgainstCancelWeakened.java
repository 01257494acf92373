package dev.tandem.structured;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [CompleteAgainstCancel] with a look at the state and a write in place of each compare-and-set.
/// FAILS, and is meant to: a subtask that has completed is interrupted.
///
/// Results: did it complete, was it interrupted.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CompleteAgainstCancelWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "One came first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both, or neither.")
@State
public class CompleteAgainstCancelWeakened {
  private volatile int state = Child.STARTED;

  @Actor
  public void body(ZZ_Result r) {
    if (state == Child.STARTED) {
      state = Child.SUCCESS;
      r.r1 = true;
    }
  }

  @Actor
  public void canceller(ZZ_Result r) {
    if (state == Child.STARTED) {
      state = Child.INTERRUPTED;
      r.r2 = true;
    }
  }
}
