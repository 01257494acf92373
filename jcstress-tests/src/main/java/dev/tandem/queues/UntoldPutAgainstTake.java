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

/// Hypothesis: a putter that finds room by itself, after a take has got hold of it and before that
/// take has told it, leaves the wake-up to the putter behind it.
///
/// Results: the shape, is there room, was the putter behind woken.
///
/// Verdict: holds. It mirrors [UntoldTakeAgainstPut]; if the putter left its wait open, it would
/// not: see [UntoldPutAgainstTakeWeakened].
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class UntoldPutAgainstTake {
  private static final StressShape[] SHAPES =
      StressShape.allBut(UNBOUNDED, RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter looking = new Waiter(new Parker(), true);
  private final Waiter behind = new Waiter(new Parker(), true);

  public UntoldPutAgainstTake() {
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
    channel.leavePut(looking);
    channel.tryTake();
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = channel.canPut();
    r.r3 = behind.parker().winner() == behind;
  }
}
