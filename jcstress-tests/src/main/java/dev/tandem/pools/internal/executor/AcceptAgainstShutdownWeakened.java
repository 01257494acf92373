package dev.tandem.pools.internal.executor;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [AcceptAgainstShutdown] with the count and the flag in two variables. FAILS, and is meant to:
/// the closer finds no task just before the submitter, which has seen no flag, counts one in.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t AcceptAgainstShutdownWeakened"`
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Not terminated while the task runs.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Terminated while the task runs.")
@State
public class AcceptAgainstShutdownWeakened {
  private final AtomicInteger tasks = new AtomicInteger();
  private volatile boolean shutdown;
  private volatile boolean terminated;

  @Actor
  public void submitter(I_Result r) {
    if (!shutdown) {
      tasks.incrementAndGet();
      r.r1 = terminated ? 1 : 0;
    }
  }

  @Actor
  public void closer() {
    shutdown = true;
    if (tasks.get() == 0) {
      terminated = true;
    }
  }
}
