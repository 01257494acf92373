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

/// [SelectAgainstSelect] in a rendezvous, with selects that look for a partner, let go of the
/// locks, and then join the lists. FAILS, and is meant to: both look, find no partner, and wait for
/// each other.
///
/// Results: did the first meet the second, did the second meet the first.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t SelectAgainstSelectWeakened"`
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first found the second.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second found the first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Missed each other.")
@State
public class SelectAgainstSelectWeakened {
  private final AbstractChannel<Integer> there = RENDEZVOUS.channel();
  private final AbstractChannel<Integer> back = RENDEZVOUS.channel();
  private final StressStart start = new StressStart();

  @Actor
  public void first(ZZ_Result r) {
    start.together();
    r.r1 = meetOrJoin(there, back);
  }

  @Actor
  public void second(ZZ_Result r) {
    start.together();
    r.r2 = meetOrJoin(back, there);
  }

  private static boolean meetOrJoin(AbstractChannel<Integer> in, AbstractChannel<Integer> out) {
    if (in.tryPut(1) == AbstractChannel.PUT || out.tryTake() != null) {
      return true;
    }
    Parker parker = new Parker();
    Waiter put = new Waiter(parker, true);
    put.item(1);
    in.joinPut(put);
    out.joinTake(new Waiter(parker, true));
    return false;
  }
}
