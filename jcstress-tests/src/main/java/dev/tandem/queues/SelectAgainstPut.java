package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.put;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/// Hypothesis: a select over two sources that waits gets one of two elements that are put into
/// them, and the other one stays.
///
/// Results: the shape, what the select got (-1 if it was not woken), what is left.
///
/// Verdict: holds. That a put goes on when the select is no longer waiting is
/// [PutAgainstLeavingSelect].
@JCStressTest
@Outcome(id = "(?!RENDEZVOUS).*, 1, 10", expect = Expect.ACCEPTABLE, desc = "The first.")
@Outcome(id = "(?!RENDEZVOUS).*, 2, 1", expect = Expect.ACCEPTABLE, desc = "The second.")
@Outcome(id = "RENDEZVOUS, 1, 0", expect = Expect.ACCEPTABLE, desc = "The other met nobody.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, lost or doubled.")
@State
public class SelectAgainstPut {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> one = shape.channel();
  private final AbstractChannel<Integer> two = shape.channel();

  @Actor
  public void selector(LII_Result r) {
    r.r2 = StressSelect.take(one, two);
  }

  @Actor
  public void putter() {
    pause();
    put(one, 1);
    two.tryPut(2);
  }

  @Arbiter
  public void arbiter(LII_Result r) {
    r.r1 = shape;
    r.r3 = rest(one) + rest(two);
  }
}
