package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.filled;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// Hypothesis: each element is taken or handed back by `closeNow`, once.
///
/// Results: the shape, was each delivered once.
///
/// Verdict: holds. If `closeNow` looked first and closed then, it would not: see
/// [CloseNowAgainstTakeWeakened].
@JCStressTest
@Outcome(id = ".*, true", expect = Expect.ACCEPTABLE, desc = "Once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class CloseNowAgainstTake {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final int before = filled(channel);
  private int taken;
  private int handedBack;
  private final StressStart start = new StressStart();

  @Actor
  public void taker() {
    start.together();
    taken = digit(channel.tryTake());
    taken += digit(channel.tryTake());
  }

  @Actor
  public void closer() {
    start.together();
    for (Integer element : channel.closeNow()) {
      handedBack += digit(element);
    }
  }

  @Arbiter
  public void arbiter(LZ_Result r) {
    r.r1 = shape;
    r.r2 = taken + handedBack == before && channel.isDrained();
  }
}
