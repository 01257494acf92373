package dev.tandem.pools.internal.thread;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [CancelAgainstRun] without the hand-shake: the canceller reads which thread runs the task and
/// interrupts that thread; the pool's thread does not wait for it. FAILS, and is meant to: an
/// interrupt is left for the next task.
///
/// Not part of the default run. Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests
/// -Djcstress.args="-m quick -t CancelAgainstRunWeakened"`
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "No interrupt left behind.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The next task on this thread is interrupted.")
@State
public class CancelAgainstRunWeakened {
  private volatile Thread runner;

  @Actor
  public void pool(I_Result r) {
    runner = Thread.currentThread();
    runner = null;
    Thread.interrupted(); // ours, if it has come by now
    spin(); // the next task on this thread
    r.r1 = Thread.interrupted() ? 1 : 0;
  }

  private static void spin() {
    for (int i = 0; i < 20; i++) {
      Thread.onSpinWait();
    }
  }

  @Actor
  public void canceller() {
    Thread thread = runner;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
