package dev.tandem.queues;

import static dev.tandem.queues.StressShape.UNBOUNDED;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.filled;
import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.put;
import static dev.tandem.queues.StressSteps.rest;
import static dev.tandem.queues.StressSteps.shortTime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIL_Result;

/// Hypothesis: a putter whose time is over just when room is made, or a taker comes, has put its
/// element, or not, and says which.
///
/// Results: the shape, what the put gave (1 put, 0 full), what became of its element and of all
/// others.
///
/// Verdict: holds. [InterruptAgainstPutWeakened] shows what it needs.
@JCStressTest
@Outcome(id = ".*, 1, once", expect = Expect.ACCEPTABLE, desc = "In time.")
@Outcome(id = ".*, 0, not put", expect = Expect.ACCEPTABLE, desc = "Too late.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class TimeoutAgainstTake {
  private static final StressShape[] SHAPES = StressShape.allBut(UNBOUNDED);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final int before = filled(channel);
  private int taken;

  @Actor
  public void putter(LIL_Result r) {
    r.r2 = put(channel, 9, shortTime());
  }

  @Actor
  public void taker() {
    pause();
    taken = digit(channel.tryTake());
  }

  @Arbiter
  public void arbiter(LIL_Result r) {
    r.r1 = shape;
    int all = taken + rest(channel);
    r.r3 = all == before ? "not put" : all == before + digit(9) ? "once" : "wrong: " + all;
  }
}
