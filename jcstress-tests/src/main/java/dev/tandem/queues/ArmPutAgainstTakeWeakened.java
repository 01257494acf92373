package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressShape.UNBOUNDED;
import static dev.tandem.queues.StressSteps.filled;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// [ArmPutAgainstTake] with a putter that tries, and then sets its flag whatever the word says by
/// then. FAILS, and is meant to: the putter parks beside the room.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ArmPutAgainstTakeWeakened"`
@JCStressTest
@Outcome(id = ".*, true, .*", expect = Expect.ACCEPTABLE, desc = "Put without parking.")
@Outcome(id = ".*, false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class ArmPutAgainstTakeWeakened {
  private static final StressShape[] SHAPES =
      StressShape.allBut(UNBOUNDED, RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter waiter = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public ArmPutAgainstTakeWeakened() {
    filled(channel);
  }

  @Actor
  public void putter(LZZ_Result r) {
    start.together();
    channel.putters.add(waiter);
    r.r2 = channel.tryPut(9) == AbstractChannel.PUT;
    if (!r.r2) {
      channel.rearmPut(true);
    }
  }

  @Actor
  public void taker() {
    start.together();
    channel.tryTake();
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r3 = waiter.parker().winner() == waiter;
  }
}
