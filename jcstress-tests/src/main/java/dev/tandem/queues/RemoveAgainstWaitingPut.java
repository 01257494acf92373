package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressShape.UNBOUNDED;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.filled;
import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.put;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIZ_Result;

/// Hypothesis: removing an element through the queue view makes room, and wakes a putter that waits
/// for it.
///
/// Results: the shape, did the putter get in (1), was everything delivered once.
///
/// Verdict: holds. The step on which it depends is [ArmPutAgainstTake].
@JCStressTest
@Outcome(id = ".*, 1, true", expect = Expect.ACCEPTABLE, desc = "Put.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, or elements lost or doubled.")
@State
public class RemoveAgainstWaitingPut {
  private static final StressShape[] SHAPES =
      StressShape.allBut(UNBOUNDED, RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final int before = filled(channel);
  private int removed;

  @Actor
  public void putter(LIZ_Result r) {
    r.r2 = put(channel, 9);
  }

  @Actor
  public void remover() {
    pause();
    removed = channel.asBlockingQueue().remove(1) ? digit(1) : 0;
  }

  @Arbiter
  public void arbiter(LIZ_Result r) {
    r.r1 = shape;
    r.r3 = removed + rest(channel) == before + digit(9);
  }
}
