package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [DoneAgainstAwaitDone] with a wait that looks, and then joins the list. FAILS, and is meant to:
/// the last `done` comes in between.
///
/// Results: was everything done with when it looked, was it woken.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t DoneAgainstAwaitDoneWeakened"`
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "Seen without parking.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class DoneAgainstAwaitDoneWeakened {
  private final AtomicLong done = new AtomicLong();
  private final WaitList waiting = new WaitList();
  private final Waiter waiter = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  @Actor
  public void waiter(ZZ_Result r) {
    start.together();
    r.r1 = done.get() == 1;
    if (!r.r1) {
      waiting.add(waiter);
    }
  }

  @Actor
  public void consumer() {
    start.together();
    done.incrementAndGet();
    if (!waiting.isEmpty()) {
      waiting.signalAll();
    }
  }

  @Arbiter
  public void arbiter(ZZ_Result r) {
    r.r2 = waiter.parker().winner() != null;
  }
}
