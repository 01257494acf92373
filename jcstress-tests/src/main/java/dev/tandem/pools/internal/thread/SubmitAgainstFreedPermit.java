package dev.tandem.pools.internal.thread;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a task submitted at the concurrency limit just as the last thread ends is started,
/// and once.
///
/// Verdict: holds. If the submitter looked for a permit before it added the task, it would not: see
/// [SubmitAgainstFreedPermitWeakened].
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Started.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Stranded, or started twice.")
@State
public class SubmitAgainstFreedPermit {
  private final AtomicInteger starts = new AtomicInteger();
  private final ThreadHost host = StressTasks.host(new ThreadHost.Hooks() {});
  private final ConcurrencyLimit limit = new ConcurrencyLimit(1, task -> starts.incrementAndGet());

  public SubmitAgainstFreedPermit() {
    limit.submit(StressTasks.task(host, () -> 1)); // takes the only permit
    starts.set(0);
  }

  @Actor
  public void submitter() {
    limit.submit(StressTasks.task(host, () -> 2));
  }

  @Actor
  public void threadThatEnds() {
    limit.threadLeft();
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = starts.get();
  }
}
