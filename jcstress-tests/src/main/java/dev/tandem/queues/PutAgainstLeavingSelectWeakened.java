package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [PutAgainstLeavingSelect] with a waker that wakes one waiter, whether it still waits or not, and
/// a select that passes on only what it was woken with. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PutAgainstLeavingSelectWeakened"`
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class PutAgainstLeavingSelectWeakened {
  private final WaitList takers = new WaitList();
  private final Waiter select = new Waiter(new Parker(), true);
  private final Waiter behind = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  public PutAgainstLeavingSelectWeakened() {
    takers.add(select);
    takers.add(behind);
  }

  @Actor
  public void selector() {
    start.together();
    if (!select.parker().withdraw()) {
      takers.signalAll();
    }
    takers.remove(select);
  }

  @Actor
  public void putter() {
    start.together();
    Waiter waiter = takers.poll();
    if (waiter != null) {
      waiter.signal();
    }
  }

  @Arbiter
  public void arbiter(Z_Result r) {
    r.r1 = behind.parker().winner() == behind;
  }
}
