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

/// Hypothesis: of two takers that wait, the first is woken, takes and goes, and whatever is put
/// after that wakes the second: the first's waker sets the flag again before it wakes.
///
/// Results: the shape, is the second element there, was the second taker woken.
///
/// Verdict: holds. If the waker set the flag after it woke, it would not: see
/// [WakeAgainstSecondPutWeakened].
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class WakeAgainstSecondPut {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter first = new Waiter(new Parker(), true);
  private final Waiter second = new Waiter(new Parker(), true);

  public WakeAgainstSecondPut() {
    channel.joinTake(first);
    channel.joinTake(second);
  }

  @Actor
  public void putter() {
    channel.tryPut(1);
  }

  @Actor
  public void takerThatPutsNext() {
    while (first.parker().winner() == null) {
      Thread.onSpinWait();
    }
    channel.tryTake();
    channel.leaveTake(first);
    channel.tryPut(2);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = rest(channel) == digit(2);
    r.r3 = second.parker().winner() == second;
  }
}
