package dev.tandem.queues;

import static dev.tandem.queues.StressShape.RING_3;
import static dev.tandem.queues.StressSteps.filled;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Hypothesis: a thread that waits until all elements are done is woken by the last `taskDone`.
///
/// Results: did the wait end.
///
/// Verdict: holds. If it looked before it joined the list, it would not: see
/// [DoneAgainstAwaitDoneWeakened].
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Ended.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class DoneAgainstAwaitDone {
  private final AbstractChannel<Integer> channel = RING_3.channel();
  private final StressStart start = new StressStart();

  public DoneAgainstAwaitDone() {
    filled(channel);
    rest(channel);
    channel.taskDone();
    channel.taskDone();
  }

  @Actor
  public void waiter(Z_Result r) {
    start.together();
    try {
      r.r1 = channel.awaitDone(StressSteps.LONG);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Actor
  public void consumer() {
    start.together();
    channel.taskDone();
  }
}
