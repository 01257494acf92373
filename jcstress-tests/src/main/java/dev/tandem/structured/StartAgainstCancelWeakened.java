package dev.tandem.structured;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// [StartAgainstCancel] with a look at the state and a write in place of each compare-and-set.
/// FAILS, and is meant to: a subtask runs that was said never to run, and is never told.
///
/// Results: was it started, what did the canceller do.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t StartAgainstCancelWeakened"`
@JCStressTest
@Outcome(id = "false, dropped", expect = Expect.ACCEPTABLE, desc = "It never runs.")
@Outcome(id = "true, interrupted", expect = Expect.ACCEPTABLE, desc = "Started and interrupted.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on.")
@State
public class StartAgainstCancelWeakened {
  private volatile int state = Child.NEW;

  @Actor
  public void starter(ZL_Result r) {
    if (state == Child.NEW) {
      state = Child.STARTED;
      r.r1 = true;
    }
  }

  @Actor
  public void canceller(ZL_Result r) {
    if (state == Child.NEW) {
      state = Child.CANCELLED;
      r.r2 = "dropped";
    } else {
      state = Child.INTERRUPTED;
      r.r2 = "interrupted";
    }
  }
}
