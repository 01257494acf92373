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

/// [WakeAgainstSecondPut] with a waker that sets the flag for the remaining takers after it woke
/// the first. FAILS, and is meant to: the next put finds no flag.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t WakeAgainstSecondPutWeakened"`
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class WakeAgainstSecondPutWeakened {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter first = new Waiter(new Parker(), true);
  private final Waiter second = new Waiter(new Parker(), true);

  public WakeAgainstSecondPutWeakened() {
    channel.takers.add(second); // the flag has just been taken away by the put below
  }

  @Actor
  public void putter() {
    channel.tryPut(1);
    first.signal();
    channel.rearmTake();
  }

  @Actor
  public void takerThatPutsNext() {
    while (first.parker().winner() == null) {
      Thread.onSpinWait();
    }
    channel.tryTake();
    channel.tryPut(2);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r2 = rest(channel) == digit(2);
    r.r3 = second.parker().winner() == second;
  }
}
