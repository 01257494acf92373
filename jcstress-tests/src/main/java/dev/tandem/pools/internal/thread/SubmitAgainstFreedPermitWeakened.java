package dev.tandem.pools.internal.thread;

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

/// [SubmitAgainstFreedPermit] with the steps of the submitter the other way round: first the
/// permit, then, in vain, the queue. FAILS, and is meant to: the task is stranded.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t SubmitAgainstFreedPermitWeakened"`
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Started.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Stranded.")
@State
public class SubmitAgainstFreedPermitWeakened {
  private final AtomicInteger starts = new AtomicInteger();
  private final Semaphore permits = new Semaphore(0);
  private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();

  @Actor
  public void submitter() {
    if (permits.tryAcquire()) {
      starts.incrementAndGet();
    } else {
      waiting.add(this);
    }
  }

  @Actor
  public void threadThatEnds() {
    permits.release();
    if (!waiting.isEmpty() && permits.tryAcquire()) {
      waiting.poll();
      starts.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = starts.get();
  }
}
