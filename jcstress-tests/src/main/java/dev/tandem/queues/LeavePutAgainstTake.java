package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressShape.UNBOUNDED;
import static dev.tandem.queues.StressSteps.filled;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// Hypothesis: a putter that stops waiting passes on the wake-up that it may just have got: room
/// does not lie beside another putter that sleeps.
///
/// Results: the shape, is there room, was the other putter woken.
///
/// Verdict: holds. It mirrors [LeaveTakeAgainstPut], which has a weakened variant.
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Passed on, or gone before.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class LeavePutAgainstTake {
  private static final StressShape[] SHAPES =
      StressShape.allBut(UNBOUNDED, RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter first = new Waiter(new Parker(), true);
  private final Waiter second = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public LeavePutAgainstTake() {
    filled(channel);
    channel.joinPut(first);
    channel.joinPut(second);
  }

  @Actor
  public void leaver() {
    start.together();
    channel.leavePut(first);
  }

  @Actor
  public void taker() {
    start.together();
    channel.tryTake();
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = channel.canPut();
    r.r3 = second.parker().winner() == second;
  }
}
