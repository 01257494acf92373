package dev.tandem.pools.internal.executor;

import dev.tandem.pools.internal.thread.StressTasks;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// Hypothesis: a failure is read or logged, never both, when a reader races with the close of the
/// executor.
///
/// Results: did the reader settle it, did the close settle it, how many are still registered.
///
/// Verdict: holds.
@JCStressTest
@Outcome(id = "true, false, 0", expect = Expect.ACCEPTABLE, desc = "Read.")
@Outcome(id = "false, true, 0", expect = Expect.ACCEPTABLE, desc = "Logged.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both or neither, or still registered.")
@State
public class ReadAgainstCollect {
  private final Set<UnreadFailure> registry = ConcurrentHashMap.newKeySet();
  private final AcceptedTask<Integer> future = StressTasks.task();
  private final UnreadFailure failure =
      UnreadFailure.register(future, new IllegalStateException("for the test"), registry);

  @Actor
  public void reader(ZZI_Result r) {
    r.r1 = failure.read();
  }

  @Actor
  public void closer(ZZI_Result r) {
    r.r2 = failure.settle();
  }

  @Arbiter
  public void arbiter(ZZI_Result r) {
    r.r3 = registry.size();
  }
}
