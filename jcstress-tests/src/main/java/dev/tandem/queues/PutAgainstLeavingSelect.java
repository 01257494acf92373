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

/// Hypothesis: a put that finds a select which just ended its wait elsewhere wakes the next one.
///
/// Results: the shape, is the element there, was the taker behind the select woken.
///
/// Verdict: holds, twice over: the waker goes on to the next, and the select, which finds itself
/// taken off the list, passes on. Without both it would not: see [PutAgainstLeavingSelectWeakened].
@JCStressTest
@Outcome(id = ".*, true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class PutAgainstLeavingSelect {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter select = new Waiter(new Parker(), true);
  private final Waiter behind = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public PutAgainstLeavingSelect() {
    channel.joinTake(select);
    channel.joinTake(behind);
  }

  @Actor
  public void selector() {
    start.together();
    select.parker().withdraw();
    channel.leaveTake(select);
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
    r.r3 = behind.parker().winner() == behind;
  }
}
