package dev.tandem.queues;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [PutAgainstTake] with a ring whose putter hands its slot over with a plain store, in the order
/// that such stores may take: the compiler and other processors than x86 do so by themselves.
/// FAILS, and is meant to: the taker gets a slot that is empty.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PutAgainstTakeWeakened"`
@JCStressTest
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "Taken.")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "Too early.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Nothing in the slot.")
@State
public class PutAgainstTakeWeakened {
  private final AtomicLong puts = new AtomicLong();
  private final AtomicLong takes = new AtomicLong();
  private final long[] turns = {0, 1};
  private final Integer[] slots = new Integer[2];

  @Actor
  public void putter() {
    long q = puts.get();
    if (turns[0] == q && puts.compareAndSet(q, q + 1)) {
      turns[0] = q + 1;
      slots[0] = 7;
    }
  }

  @Actor
  public void taker(I_Result r) {
    long c = takes.get();
    if (turns[0] == c + 1 && takes.compareAndSet(c, c + 1)) {
      Integer element = slots[0];
      r.r1 = element == null ? 0 : element;
    } else {
      r.r1 = -1;
    }
  }
}
