package dev.tandem.queues;

import static dev.tandem.queues.StressShape.UNBOUNDED;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.filled;
import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.rest;
import static dev.tandem.queues.StressSteps.take;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIZ_Result;

/// Hypothesis: a select over two full sinks that waits puts its element once, into the one in which
/// room is made, or to the taker that comes.
///
/// Results: the shape, did the select put (0; -1 if it was not woken), was everything delivered
/// once.
///
/// Verdict: holds. The step on which it depends is [ArmPutAgainstTake].
@JCStressTest
@Outcome(id = ".*, 0, true", expect = Expect.ACCEPTABLE, desc = "Put.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, lost or doubled.")
@State
public class SelectAgainstTake {
  private static final StressShape[] SHAPES = StressShape.allBut(UNBOUNDED);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> one = shape.channel();
  private final AbstractChannel<Integer> two = shape.channel();
  private final int before = filled(one) + filled(two);
  private int taken;

  @Actor
  public void selector(LIZ_Result r) {
    r.r2 = StressSelect.put(one, two, 9);
  }

  @Actor
  public void taker() {
    pause();
    taken = digit(take(one)) + digit(two.tryTake());
  }

  @Arbiter
  public void arbiter(LIZ_Result r) {
    r.r1 = shape;
    r.r3 = taken + rest(one) + rest(two) == before + digit(9);
  }
}
