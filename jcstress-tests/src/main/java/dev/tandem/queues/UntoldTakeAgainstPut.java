package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.digit;
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

/// Hypothesis: a taker that finds its element by itself, after a put has got hold of it and before
/// that put has told it, leaves the wake-up to the taker behind it.
///
/// Results: the shape, is the second element there, was the taker behind woken.
///
/// Verdict: holds, because the taker ends its own wait as it leaves, so that the put's signal
/// fails. If it only looked whether it owes a wake-up, it would not: see
/// [UntoldTakeAgainstPutWeakened].
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class UntoldTakeAgainstPut {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter looking = new Waiter(new Parker(), true);
  private final Waiter behind = new Waiter(new Parker(), true);

  public UntoldTakeAgainstPut() {
    channel.takers.add(looking); // has joined, and not looked again
    channel.joinTake(behind);
  }

  @Actor
  public void putter() {
    channel.tryPut(1);
  }

  @Actor
  public void takerThatPutsNext() {
    while (channel.tryTake() == null) {
      Thread.onSpinWait();
    }
    channel.leaveTake(looking);
    channel.tryPut(2);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = rest(channel) == digit(2);
    r.r3 = behind.parker().winner() == behind;
  }
}
