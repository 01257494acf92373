package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: a taker that is interrupted while an element is put has it and keeps the interrupt,
/// or throws and leaves it where it is.
///
/// Results: the shape, what the put gave (1 put, 0 no taker to meet), what the taker did, what is
/// left.
///
/// Verdict: holds. In a rendezvous it would not, if the taker looked whether it was claimed and
/// then left: see [InterruptAgainstPutWeakened].
@JCStressTest
@Outcome(id = ".*, 1, taken, flag kept, 0", expect = Expect.ACCEPTABLE, desc = "Taken.")
@Outcome(
    id = "(?!RENDEZVOUS).*, 1, interrupted, 1",
    expect = Expect.ACCEPTABLE,
    desc = "Left for others.")
@Outcome(id = "RENDEZVOUS, 0, interrupted, 0", expect = Expect.ACCEPTABLE, desc = "Met nobody.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The element or the interrupt is lost.")
@State
public class InterruptAgainstPut {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final StressInterrupt interrupt = new StressInterrupt();

  @Actor
  public void taker(LLLL_Result r) {
    r.r3 = interrupt.during(() -> channel.take() == 1 ? "taken" : "wrong");
  }

  @Actor
  public void putter(LLLL_Result r) {
    r.r2 = interrupt.and(() -> channel.tryPut(1));
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = shape;
    r.r4 = rest(channel);
  }
}
