package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.UNBOUNDED;
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

/// Hypothesis: a putter that waits for room, or in a rendezvous for a taker, is woken by a close,
/// and its element is not in the channel.
///
/// Results: the shape, what the put gave (-1 closed), is the channel as it was.
///
/// Verdict: holds. The step on which it depends is [ArmPutAgainstClose].
@JCStressTest
@Outcome(id = ".*, -1, true", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, or put although there was no room.")
@State
public class CloseAgainstWaitingPut {
  private static final StressShape[] SHAPES = StressShape.allBut(UNBOUNDED, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final int before = filled(channel);

  @Actor
  public void putter(LIZ_Result r) {
    r.r2 = put(channel, 9);
  }

  @Actor
  public void closer() {
    pause();
    channel.close();
  }

  @Arbiter
  public void arbiter(LIZ_Result r) {
    r.r1 = shape;
    r.r3 = rest(channel) == before;
  }
}
