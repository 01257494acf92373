package dev.tandem.structured;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [CancelAgainstCancel] with a look at the state and a write in place of the compare-and-set.
/// FAILS, and is meant to: the subtask is interrupted twice.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t
/// structured.CancelAgainstCancelWeakened"`
@JCStressTest
@Outcome(
    id = {"1, 0", "0, 1"},
    expect = Expect.ACCEPTABLE,
    desc = "One interrupt.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two.")
@State
public class CancelAgainstCancelWeakened {
  private volatile int state = Child.STARTED;

  @Actor
  public void canceller(II_Result r) {
    r.r1 = cancel();
  }

  @Actor
  public void owner(II_Result r) {
    r.r2 = cancel();
  }

  private int cancel() {
    if (state == Child.STARTED) {
      state = Child.INTERRUPTED;
      return 1;
    }
    return 0;
  }
}
