package dev.tandem.examples;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: two threads that each count once make two, with a plain `int` and with a `volatile`
/// one.
///
/// Results: the plain count, the volatile count.
///
/// Verdict: REFUTED. `count++` reads, adds and writes. If both threads read before one has written,
/// both write the same number, and one count is lost. `volatile` makes each of the three steps
/// visible, but does not make one step of them. What is safe: [SafeCounters].
///
/// `-Djcstress.args="-m quick -v -t UnsafeCounter"` prints how often it happens.
@JCStressTest
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "Counted right, by luck.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The plain count lost one.")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The volatile one lost one.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Each lost one.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Nobody writes another number.")
@State
public class UnsafeCounter {
  private int plain;
  private volatile int visible;

  @Actor
  public void one() {
    plain++;
    visible++;
  }

  @Actor
  public void other() {
    plain++;
    visible++;
  }

  @Arbiter
  public void arbiter(II_Result r) {
    r.r1 = plain;
    r.r2 = visible;
  }
}
