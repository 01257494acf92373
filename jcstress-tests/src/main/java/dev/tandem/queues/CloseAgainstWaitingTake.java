package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.digit;
import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.put;
import static dev.tandem.queues.StressSteps.take;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// Hypothesis: a taker that waits finds what was put before the close, and then the end, however
/// long it had waited; in a rendezvous, too, and where the producer closes.
///
/// Results: the shape, what was taken before the end, or -1 if the taker was not woken.
///
/// Verdict: holds. The step on which it depends is [ArmTakeAgainstClose].
@JCStressTest
@Outcome(id = ".*, 11", expect = Expect.ACCEPTABLE, desc = "Everything, then the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, or the end too early.")
@State
public class CloseAgainstWaitingTake {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();

  @Actor
  public void producer() {
    put(channel, 1);
    put(channel, 2);
    pause();
    channel.close();
  }

  @Actor
  public void taker(LI_Result r) {
    r.r1 = shape;
    int sum = 0;
    Object element;
    while ((element = take(channel)) instanceof Integer) {
      sum += digit(element);
    }
    r.r2 = element == AbstractChannel.END ? sum : -1;
  }
}
