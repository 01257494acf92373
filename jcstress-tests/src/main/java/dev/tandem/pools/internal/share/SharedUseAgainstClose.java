package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a use of shared memory that a worker begins after the owner's `close` has returned
/// throws; one that began before, or at the same time, throws or not. Nothing else happens, while
/// the worker's ticker unmaps the memory.
///
/// Results: had `close` returned, has the use thrown.
///
/// Verdict: holds. With memory that is used without a look at the closed word it does not: see
/// [SharedUseAgainstCloseWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// SharedUseAgainstClose$"`
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Used after the close.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Used during the close.")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "Used before the close.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Used after the close, and it has worked.")
@State
public class SharedUseAgainstClose {
  private final SharedFile[] file = StressMemory.file();
  private final OneLong number = StressMemory.number(file[1]);
  private volatile boolean returned;

  /// And then the worker's ticker: a machine with two processors has room for two actors.
  @Actor
  public void owner() {
    file[0].close();
    returned = true;
    if (file[1].isClosed()) {
      file[1].unmap();
    }
  }

  @Actor
  public void worker(ZZ_Result r) {
    r.r1 = returned;
    try {
      number.getAndAdd(1);
    } catch (IllegalStateException _) {
      r.r2 = true;
    }
  }
}
