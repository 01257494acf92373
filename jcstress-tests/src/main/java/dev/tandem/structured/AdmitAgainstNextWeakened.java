package dev.tandem.structured;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [AdmitAgainstNext] with a queue and a count of permits that are safe each, but not together.
/// FAILS, and is meant to: the subtask waits beside a free permit.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t AdmitAgainstNextWeakened"`
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Started.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Stranded.")
@State
public class AdmitAgainstNextWeakened {
  private final Semaphore permits = new Semaphore(0);
  private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger starts = new AtomicInteger();

  @Actor
  public void owner() {
    if (permits.tryAcquire()) {
      starts.incrementAndGet();
    } else {
      waiting.add(this);
    }
  }

  @Actor
  public void body() {
    if (waiting.poll() != null) {
      starts.incrementAndGet();
    } else {
      permits.release();
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = starts.get();
  }
}
