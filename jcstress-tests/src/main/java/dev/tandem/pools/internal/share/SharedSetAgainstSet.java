package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// Hypothesis: of two processes that each set an element of a shared array and then read the
/// other's, at least one sees what the other has set, although each has the array at an address of
/// its own.
///
/// Results: what each has read.
///
/// Verdict: holds. With plain accesses it does not: see [SharedSetAgainstSetWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// SharedSetAgainstSet$"`
@JCStressTest
@Outcome(
    id = {"1, 1", "0, 1", "1, 0"},
    expect = Expect.ACCEPTABLE,
    desc = "One sees the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Neither sees the other.")
@State
public class SharedSetAgainstSet {
  private final Longs[] array = StressMemory.array();

  @Actor
  public void owner(JJ_Result r) {
    array[0].set(0, 1);
    r.r1 = array[0].get(1);
  }

  @Actor
  public void worker(JJ_Result r) {
    array[1].set(1, 1);
    r.r2 = array[1].get(0);
  }
}
