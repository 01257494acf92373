package dev.tandem.queues;

import static dev.tandem.queues.StressShape.RENDEZVOUS;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [InterruptAgainstPut] in a rendezvous, with a taker that looks whether it was met, and if not,
/// leaves without asking whether it still can. FAILS, and is meant to: the putter hands its element
/// to a taker that is gone.
///
/// Results: did the putter meet the taker, does the taker say so.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t InterruptAgainstPutWeakened"`
@JCStressTest
@Outcome(
    id = {"true, true", "false, false"},
    expect = Expect.ACCEPTABLE,
    desc = "Both say the same.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The element is lost.")
@State
public class InterruptAgainstPutWeakened {
  private final AbstractChannel<Integer> channel = RENDEZVOUS.channel();
  private final Waiter waiter = new Waiter(new Parker(), true);

  public InterruptAgainstPutWeakened() {
    channel.joinTake(waiter);
  }

  @Actor
  public void putter(ZZ_Result r) {
    r.r1 = channel.tryPut(1) == AbstractChannel.PUT;
  }

  @Actor
  public void interruptedTaker(ZZ_Result r) {
    r.r2 = waiter.parker().winner() != null;
    if (!r.r2) {
      channel.leaveTake(waiter);
    }
  }
}
