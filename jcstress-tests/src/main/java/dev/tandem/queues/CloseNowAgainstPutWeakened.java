package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// [CloseNowAgainstPut] with a `closeNow` that takes what is there and then closes. FAILS, and is
/// meant to: what is put in between is stranded.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CloseNowAgainstPutWeakened"`
@JCStressTest
@Outcome(id = ".*, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Handed back.")
@Outcome(id = ".*, -1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Stranded.")
@State
public class CloseNowAgainstPutWeakened {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final StressStart start = new StressStart();

  @Actor
  public void putter(LLLL_Result r) {
    start.together();
    r.r2 = channel.tryPut(1);
  }

  @Actor
  public void closer(LLLL_Result r) {
    start.together();
    r.r3 = rest(channel);
    channel.close();
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = shape;
    r.r4 = rest(channel);
  }
}
