package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.rest;
import static dev.tandem.queues.StressSteps.shortTime;
import static dev.tandem.queues.StressSteps.take;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: a taker whose time is over just when an element is put has it, or leaves it.
///
/// Results: the shape, what the put gave, what was taken in time, what is left.
///
/// Verdict: holds. [InterruptAgainstPutWeakened] is the same with an interrupt, which takes the
/// same way.
@JCStressTest
@Outcome(id = ".*, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "In time.")
@Outcome(id = "(?!RENDEZVOUS).*, 1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Too late.")
@Outcome(id = "RENDEZVOUS, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Did not meet.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class TimeoutAgainstPut {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();

  @Actor
  public void taker(LLLL_Result r) {
    r.r3 = digit(take(channel, shortTime()));
  }

  @Actor
  public void putter(LLLL_Result r) {
    pause();
    r.r2 = channel.tryPut(1);
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = shape;
    r.r4 = rest(channel);
  }
}
