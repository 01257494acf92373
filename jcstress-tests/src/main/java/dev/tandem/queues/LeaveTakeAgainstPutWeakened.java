package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.rest;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// [LeaveTakeAgainstPut] with a taker that leaves without passing on. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t LeaveTakeAgainstPutWeakened"`
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Gone before.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class LeaveTakeAgainstPutWeakened {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter first = new Waiter(new Parker(), true);
  private final Waiter second = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public LeaveTakeAgainstPutWeakened() {
    channel.joinTake(first);
    channel.joinTake(second);
  }

  @Actor
  public void leaver() {
    start.together();
    channel.takers.remove(first);
  }

  @Actor
  public void putter() {
    start.together();
    channel.tryPut(1);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = rest(channel) == 1;
    r.r3 = second.parker().winner() == second;
  }
}
