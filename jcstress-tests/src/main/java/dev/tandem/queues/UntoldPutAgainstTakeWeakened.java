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

/// [UntoldPutAgainstTake] with a putter that leaves its wait open. FAILS, and is meant to: the take
/// counts it as woken.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t UntoldPutAgainstTakeWeakened"`
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class UntoldPutAgainstTakeWeakened {
  private static final StressShape[] SHAPES =
      StressShape.allBut(UNBOUNDED, RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter looking = new Waiter(new Parker(), true);
  private final Waiter behind = new Waiter(new Parker(), true);

  public UntoldPutAgainstTakeWeakened() {
    filled(channel);
    channel.putters.add(looking); // has joined, and not looked again
    channel.joinPut(behind);
  }

  @Actor
  public void taker() {
    channel.tryTake();
  }

  @Actor
  public void putterThatTakesNext() {
    while (channel.tryPut(5) == AbstractChannel.FULL) {
      Thread.onSpinWait();
    }
    if (!channel.putters.remove(looking) && channel.canPut()) {
      channel.wakePutter();
    }
    channel.tryTake();
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = channel.canPut();
    r.r3 = behind.parker().winner() == behind;
  }
}
