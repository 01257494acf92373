package dev.tandem.structured;

import dev.tandem.queues.StressInterrupt;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// [JoinAgainstInterrupt] with a wait that takes the interrupt, then looks whether all has
/// completed, and returns if so. FAILS, and is meant to: the interrupt is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t JoinAgainstInterruptWeakened"`
@JCStressTest
@Outcome(id = "joined, flag kept", expect = Expect.ACCEPTABLE, desc = "Completed first.")
@Outcome(id = "interrupted", expect = Expect.ACCEPTABLE, desc = "Interrupted first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt is lost.")
@State
public class JoinAgainstInterruptWeakened {
  private final StressInterrupt interrupt = new StressInterrupt();
  private volatile boolean completed;

  @Actor
  public void owner(L_Result r) {
    r.r1 = interrupt.during(this::join);
  }

  private String join() throws InterruptedException {
    while (true) {
      boolean interrupted = Thread.interrupted();
      if (completed) {
        return "joined";
      }
      if (interrupted) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  @Actor
  public void stranger() {
    interrupt.and(() -> {
      completed = true;
      return 0;
    });
  }
}
