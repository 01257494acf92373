package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.put;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: an element whose put races with `closeNow` is accepted and handed back, or refused;
/// in a rendezvous, without a taker, it is refused.
///
/// Results: the shape, what the put gave (1 accepted, -1 closed), what was handed back, what was
/// left.
///
/// Verdict: holds. If `closeNow` took first and closed then, it would not: see
/// [CloseNowAgainstPutWeakened].
@JCStressTest
@Outcome(id = "(?!RENDEZVOUS).*, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Handed back.")
@Outcome(id = ".*, -1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Stranded, lost or doubled.")
@State
public class CloseNowAgainstPut {
  private static final StressShape[] SHAPES = StressShape.allBut(PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final StressStart start = new StressStart();

  @Actor
  public void putter(LLLL_Result r) {
    start.together();
    r.r2 = put(channel, 1);
  }

  @Actor
  public void closer(LLLL_Result r) {
    start.together();
    int handedBack = 0;
    for (Integer element : channel.closeNow()) {
      handedBack += digit(element);
    }
    r.r3 = handedBack;
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = shape;
    r.r4 = rest(channel);
  }
}
