package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.filled;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// Hypothesis: removing from the middle, through the queue view, and taking at the same time
/// deliver each element once, and say truly which was removed.
///
/// Results: the shape, was everything delivered once.
///
/// Verdict: holds. If takers were not held off while elements move up, it would not: see
/// [RemoveAgainstTakeWeakened].
@JCStressTest
@Outcome(id = ".*, true", expect = Expect.ACCEPTABLE, desc = "Once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class RemoveAgainstTake {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final int before = filled(channel);
  private int taken;
  private int removed;
  private final StressStart start = new StressStart();

  @Actor
  public void remover() {
    start.together();
    removed = channel.asBlockingQueue().remove(2) ? digit(2) : 0;
  }

  @Actor
  public void taker() {
    start.together();
    taken = digit(channel.tryTake());
    taken += digit(channel.tryTake());
  }

  @Arbiter
  public void arbiter(LZ_Result r) {
    r.r1 = shape;
    r.r2 = taken + removed + rest(channel) == before;
  }
}
