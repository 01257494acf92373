package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [InterruptAgainstEnd] without the monitor. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t InterruptAgainstEndWeakened"`
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "What follows is interrupted.")
@State
public class InterruptAgainstEndWeakened {
  private volatile Thread thread;
  private volatile boolean ended;
  private volatile boolean stopped;

  @Actor
  public void body(Z_Result r) {
    thread = Thread.currentThread();
    ended = true;
    Thread.interrupted();
    while (!stopped) {
      Thread.onSpinWait();
    }
    r.r1 = Thread.interrupted();
  }

  @Actor
  public void control() {
    while (thread == null) {
      Thread.onSpinWait();
    }
    if (!ended) {
      thread.interrupt();
    }
    stopped = true;
  }
}
