package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/// Hypothesis: a put that races with a close is accepted and delivered, or refused and not in the
/// channel; once refused, always refused.
///
/// Results: the shape, what two puts gave (1 accepted, 0 full, -1 closed), what was delivered.
///
/// Verdict: holds. With a flag beside the queue it does not: see [PutAgainstEndWeakened].
@JCStressTest
@Outcome(id = ".*, 1 1, 11", expect = Expect.ACCEPTABLE, desc = "Closed after both.")
@Outcome(id = ".*, 1 -1, 1", expect = Expect.ACCEPTABLE, desc = "Closed between them.")
@Outcome(id = ".*, -1 -1, 0", expect = Expect.ACCEPTABLE, desc = "Closed before both.")
@Outcome(id = "RING_1, 1 0, 1", expect = Expect.ACCEPTABLE, desc = "Room for one.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, doubled, or put into a closed channel.")
@State
public class CloseAgainstPut {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private int first;
  private int second;
  private final StressStart start = new StressStart();

  @Actor
  public void putter() {
    start.together();
    first = channel.tryPut(1);
    second = channel.tryPut(2);
  }

  @Actor
  public void closer() {
    start.together();
    channel.close();
  }

  @Arbiter
  public void arbiter(LLI_Result r) {
    r.r1 = shape;
    r.r2 = first + " " + second;
    boolean refused = channel.tryPut(3) == AbstractChannel.CLOSED;
    r.r3 = refused ? rest(channel) : -1;
  }
}
