package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIZ_Result;

/// Hypothesis: a receiver of the queue view that refuses an element gives it back before any taker
/// finds the end of the channel.
///
/// Results: the shape, what the taker found (0 nothing now, 1 the element, -1 the end), was the
/// element delivered once.
///
/// Verdict: holds, because an element on hold counts as one that is in the channel. If it did not,
/// it would not hold: see [RefuseAgainstEndWeakened].
@JCStressTest
@Outcome(id = ".*, (0|1), true", expect = Expect.ACCEPTABLE, desc = "Not the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The end before the element, or lost or doubled.")
@State
public class RefuseAgainstEnd {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final StressStart start = new StressStart();

  public RefuseAgainstEnd() {
    channel.tryPut(1);
    channel.close();
  }

  @Actor
  public void receiver() {
    start.together();
    HeldBatch batch = new HeldBatch(1);
    channel.interior().hold(batch);
    channel.interior().settle(batch);
  }

  @Actor
  public void taker(LIZ_Result r) {
    start.together();
    Object taken = channel.tryTake();
    r.r2 = taken == AbstractChannel.END ? -1 : digit(taken);
  }

  @Arbiter
  public void arbiter(LIZ_Result r) {
    r.r1 = shape;
    r.r3 = r.r2 + rest(channel) == 1;
  }
}
