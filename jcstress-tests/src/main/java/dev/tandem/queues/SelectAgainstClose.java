package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.pause;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// Hypothesis: a select over two sources that waits ends when both have ended, one of them with a
/// cause.
///
/// Results: the shape, what the select gave: -2 is the end, -1 is not woken.
///
/// Verdict: holds. The step on which it depends is [ArmTakeAgainstClose].
@JCStressTest
@Outcome(id = ".*, -2", expect = Expect.ACCEPTABLE, desc = "Ended.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken.")
@State
public class SelectAgainstClose {
  private static final StressShape[] SHAPES = StressShape.values();
  private static final Throwable CAUSE = new IllegalStateException("for the test");

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> one = shape.channel();
  private final AbstractChannel<Integer> two = shape.channel();

  @Actor
  public void selector(LI_Result r) {
    r.r1 = shape;
    r.r2 = StressSelect.take(one, two);
  }

  @Actor
  public void closer() {
    pause();
    one.close();
    two.closeExceptionally(CAUSE);
  }
}
