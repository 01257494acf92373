package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.put;
import static dev.tandem.queues.StressSteps.take;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/// Hypothesis: a taker that waits gets the element, whenever it is put, and sees what its putter
/// wrote before, also in a rendezvous, where the putter may be the one that waits.
///
/// Results: the shape, what was read in the element and beside it, -1 if the taker was not woken.
///
/// Verdict: holds. The step on which it depends is [ArmTakeAgainstPut].
@JCStressTest
@Outcome(id = ".*, 7, 5", expect = Expect.ACCEPTABLE, desc = "Taken, and all seen.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, or not all seen.")
@State
public class PutAgainstWaitingTake {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<PutAgainstTake.Box> channel = shape.channel();
  private final PutAgainstTake.Box box = new PutAgainstTake.Box();
  private int beside;

  @Actor
  public void putter() {
    pause();
    box.value = 7;
    beside = 5;
    put(channel, box);
  }

  @Actor
  public void taker(LII_Result r) {
    r.r1 = shape;
    Object taken = take(channel);
    r.r2 = taken instanceof PutAgainstTake.Box b ? b.value : -1;
    r.r3 = taken != null ? beside : -1;
  }
}
