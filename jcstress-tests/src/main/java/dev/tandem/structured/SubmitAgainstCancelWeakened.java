package dev.tandem.structured;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [SubmitAgainstCancel] with a submitter that looks whether it was cancelled and then shows the
/// future. FAILS, and is meant to: neither cancels it.
///
/// Results: has the submitter seen the cancellation, has the canceller seen the future.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t SubmitAgainstCancelWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "Cancelled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on.")
@State
public class SubmitAgainstCancelWeakened {
  private volatile int state = Child.STARTED;
  private volatile Object future;

  @Actor
  public void submitter(ZZ_Result r) {
    r.r1 = state == Child.INTERRUPTED;
    future = this;
  }

  @Actor
  public void canceller(ZZ_Result r) {
    state = Child.INTERRUPTED;
    r.r2 = future != null;
  }
}
