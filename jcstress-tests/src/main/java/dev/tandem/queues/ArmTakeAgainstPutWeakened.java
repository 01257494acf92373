package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// [ArmTakeAgainstPut] with a taker that looks, and then sets its flag whatever the word says by
/// then. FAILS, and is meant to: a put that comes in between finds no flag, and the taker parks
/// beside its element.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ArmTakeAgainstPutWeakened"`
@JCStressTest
@Outcome(id = ".*, true, .*", expect = Expect.ACCEPTABLE, desc = "Seen without parking.")
@Outcome(id = ".*, false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class ArmTakeAgainstPutWeakened {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter waiter = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  @Actor
  public void taker(LZZ_Result r) {
    start.together();
    channel.takers.add(waiter);
    r.r2 = channel.tryTake() != null;
    if (!r.r2) {
      channel.rearmTake();
    }
  }

  @Actor
  public void putter() {
    start.together();
    channel.tryPut(1);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r3 = waiter.parker().winner() == waiter;
  }
}
