package dev.tandem.queues;

import static dev.tandem.queues.StressShape.RENDEZVOUS;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// [ArmTakeAgainstClose] with a close that wakes all threads and then sets its bit. FAILS, and is
/// meant to: a taker that joins in between parks for ever.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ArmTakeAgainstCloseWeakened"`
@JCStressTest
@Outcome(id = ".*, true, .*", expect = Expect.ACCEPTABLE, desc = "Seen without parking.")
@Outcome(id = ".*, false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class ArmTakeAgainstCloseWeakened {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter waiter = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  @Actor
  public void taker(LZZ_Result r) {
    start.together();
    channel.takers.add(waiter);
    Object element;
    do {
      element = channel.tryTake();
    } while (element == null && !channel.armTake());
    r.r2 = element == AbstractChannel.END;
  }

  @Actor
  public void closer() {
    start.together();
    channel.wakeAll();
    channel.setClosed();
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r3 = waiter.parker().winner() == waiter;
  }
}
