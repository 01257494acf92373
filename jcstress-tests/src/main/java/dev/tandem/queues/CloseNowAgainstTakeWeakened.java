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

/// [CloseNowAgainstTake] with a `closeNow` that hands back what it sees, and then empties the
/// channel. FAILS, and is meant to: a taker in between gets what is handed back, too.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CloseNowAgainstTakeWeakened"`
@JCStressTest
@Outcome(id = ".*, true", expect = Expect.ACCEPTABLE, desc = "Once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class CloseNowAgainstTakeWeakened {
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
  }

  @Actor
  public void closer() {
    start.together();
    channel.close();
    for (Object held : channel.interior().snapshot().elements) {
      handedBack += digit(held);
    }
    rest(channel);
  }

  @Arbiter
  public void arbiter(LZ_Result r) {
    r.r1 = shape;
    r.r2 = taken + handedBack == before;
  }
}
