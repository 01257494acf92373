package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [HelpAgainstAnswer] where the waiter looks, and then says that it waits. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t HelpAgainstAnswerWeakened"`
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "It would park for ever.")
@State
public class HelpAgainstAnswerWeakened {
  private volatile boolean answered;
  private volatile boolean helper;
  private volatile boolean left; // the one that brought the answer
  private boolean woken;

  @Actor
  public void waiter(Z_Result r) {
    boolean seen = answered;
    helper = true;
    while (!left) {
      Thread.onSpinWait();
    }
    r.r1 = seen || woken;
  }

  @Actor
  public void hazelcast() {
    answered = true;
    woken = helper;
    left = true;
  }
}
