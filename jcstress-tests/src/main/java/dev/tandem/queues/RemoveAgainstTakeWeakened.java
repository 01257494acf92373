package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.digit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [RemoveAgainstTake] with a remover that moves the elements before the removed one up by a place,
/// and then counts the first place as taken, while takers go on. FAILS, and is meant to: a taker
/// gets what has been moved, and gets it again.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t RemoveAgainstTakeWeakened"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "Once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class RemoveAgainstTakeWeakened {
  private final AtomicInteger takes = new AtomicInteger();
  private final AtomicReferenceArray<Integer> slots =
      new AtomicReferenceArray<>(new Integer[] {1, 2});
  private int taken;
  private int removed;
  private final StressStart start = new StressStart();

  @Actor
  public void remover() {
    start.together();
    if (takes.get() == 0) {
      slots.set(1, slots.get(0));
      removed = digit(2);
      takes.compareAndSet(0, 1);
    }
  }

  @Actor
  public void taker() {
    start.together();
    if (takes.compareAndSet(0, 1)) {
      taken = digit(slots.get(0));
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = taken + removed + (takes.get() == 1 ? digit(slots.get(1)) : 0);
  }
}
