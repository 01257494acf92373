package dev.tandem.examples;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/// Hypothesis: two threads that each count once make two: in a `synchronized` block, under a
/// [ReentrantLock], with an [AtomicInteger], with a [LongAdder].
///
/// Results: the four counts, in this order.
///
/// Verdict: holds. Without any of these it does not: see [UnsafeCounter].
@JCStressTest
@Outcome(id = "2, 2, 2, 2", expect = Expect.ACCEPTABLE, desc = "Counted right.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A count was lost.")
@State
public class SafeCounters {
  private final Object monitor = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger atomic = new AtomicInteger();
  private final LongAdder adder = new LongAdder();
  private int guarded;
  private int locked;

  @Actor
  public void one() {
    count();
  }

  @Actor
  public void other() {
    count();
  }

  private void count() {
    synchronized (monitor) {
      guarded++;
    }
    lock.lock();
    try {
      locked++;
    } finally {
      lock.unlock();
    }
    atomic.incrementAndGet();
    adder.increment();
  }

  @Arbiter
  public void arbiter(IIII_Result r) {
    r.r1 = guarded;
    r.r2 = locked;
    r.r3 = atomic.get();
    r.r4 = adder.intValue();
  }
}
