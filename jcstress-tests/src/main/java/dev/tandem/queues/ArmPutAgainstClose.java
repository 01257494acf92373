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

/// Hypothesis: a putter that arms and parks at a full channel is woken by a close that it did not
/// see.
///
/// Results: the shape, did the putter see the close before it parked, was it woken.
///
/// Verdict: holds. [ArmTakeAgainstCloseWeakened] shows the order of close that it needs.
@JCStressTest
@Outcome(id = ".*, true, .*", expect = Expect.ACCEPTABLE, desc = "Seen without parking.")
@Outcome(id = ".*, false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class ArmPutAgainstClose {
  private static final StressShape[] SHAPES =
      StressShape.allBut(UNBOUNDED, RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter waiter = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public ArmPutAgainstClose() {
    filled(channel);
  }

  @Actor
  public void putter(LZZ_Result r) {
    start.together();
    channel.putters.add(waiter);
    int result;
    do {
      result = channel.tryPut(9);
    } while (result == AbstractChannel.FULL && !channel.armPut(true));
    r.r2 = result == AbstractChannel.CLOSED;
  }

  @Actor
  public void closer() {
    start.together();
    channel.close();
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r3 = waiter.parker().winner() == waiter;
  }
}
