package dev.tandem.queues;

import static dev.tandem.queues.StressShape.RING_3;
import static dev.tandem.queues.StressSteps.filled;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// Hypothesis: a thread that waits until all elements are done, when none will be, is woken by a
/// close with a cause; and by `closeNow`, which counts what it hands back as done with.
///
/// Results: how it was closed, how the wait ended.
///
/// Verdict: holds. [DoneAgainstAwaitDoneWeakened] shows what it needs.
@JCStressTest
@Outcome(id = "with a cause, thrown", expect = Expect.ACCEPTABLE, desc = "Told.")
@Outcome(id = "now, done", expect = Expect.ACCEPTABLE, desc = "Handed back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, or a wrong end.")
@State
public class AwaitDoneAgainstClose {
  private static final Throwable CAUSE = new IllegalStateException("for the test");

  private final AbstractChannel<Integer> channel = RING_3.channel();
  private final StressStart start = new StressStart();

  public AwaitDoneAgainstClose() {
    filled(channel);
  }

  @Actor
  public void waiter(LL_Result r) {
    start.together();
    try {
      r.r2 = channel.awaitDone(StressSteps.LONG) ? "done" : "not woken";
    } catch (ChannelClosedException _) {
      r.r2 = "thrown";
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Actor
  public void closer(LL_Result r) {
    start.together();
    if (ThreadLocalRandom.current().nextBoolean()) {
      channel.closeExceptionally(CAUSE);
      r.r1 = "with a cause";
    } else {
      channel.closeNow();
      r.r1 = "now";
    }
  }
}
