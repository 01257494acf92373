package dev.tandem.queues;

import static dev.tandem.queues.StressShape.UNBOUNDED;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.filled;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/// Hypothesis: a putter that is interrupted while room is made, or while a taker comes, has put its
/// element and keeps the interrupt, or throws and has not put it.
///
/// Results: the shape, what the putter did, what became of its element and of all others.
///
/// Verdict: holds. [InterruptAgainstPutWeakened] shows what it needs.
@JCStressTest
@Outcome(id = ".*, put, flag kept, once", expect = Expect.ACCEPTABLE, desc = "Put.")
@Outcome(id = ".*, interrupted, not put", expect = Expect.ACCEPTABLE, desc = "Not put.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The element or the interrupt is lost.")
@State
public class InterruptAgainstTake {
  private static final StressShape[] SHAPES = StressShape.allBut(UNBOUNDED);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final int before = filled(channel);
  private final StressInterrupt interrupt = new StressInterrupt();
  private int taken;

  @Actor
  public void putter(LLL_Result r) {
    r.r2 =
        interrupt.during(() -> {
          channel.put(9);
          return "put";
        });
  }

  @Actor
  public void taker() {
    taken = interrupt.and(() -> digit(channel.tryTake()));
  }

  @Arbiter
  public void arbiter(LLL_Result r) {
    r.r1 = shape;
    int all = taken + rest(channel);
    r.r3 = all == before ? "not put" : all == before + digit(9) ? "once" : "wrong: " + all;
  }
}
