package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.rest;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// Hypothesis: a taker that stops waiting, because its time is over or it was interrupted, passes
/// on the wake-up that it may just have got: an element does not lie beside another taker that
/// sleeps.
///
/// Results: the shape, is the element there, was the other taker woken.
///
/// Verdict: holds. If the first one just left, it would not: see [LeaveTakeAgainstPutWeakened].
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Passed on, or gone before.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class LeaveTakeAgainstPut {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter first = new Waiter(new Parker(), true);
  private final Waiter second = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public LeaveTakeAgainstPut() {
    channel.joinTake(first);
    channel.joinTake(second);
  }

  @Actor
  public void leaver() {
    start.together();
    channel.leaveTake(first);
  }

  @Actor
  public void putter() {
    start.together();
    channel.tryPut(1);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = rest(channel) == 1;
    r.r3 = second.parker().winner() == second;
  }
}
