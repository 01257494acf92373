package dev.tandem.structured;

import com.google.common.util.concurrent.SettableFuture;
import dev.tandem.core.Task;
import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// Hypothesis: a subtask that is cancelled just as it is submitted to its executor is never
/// submitted, or its future is cancelled: by the canceller, or by the submitter.
///
/// Results: was it submitted, was its future cancelled, how many are unfinished.
///
/// Verdict: holds. If the submitter looked whether it was cancelled before it shows the future, it
/// would not: see [SubmitAgainstCancelWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// SubmitAgainstCancel$"`
@JCStressTest
@Outcome(id = "false, false, 0", expect = Expect.ACCEPTABLE, desc = "Never submitted.")
@Outcome(id = "true, true, 0", expect = Expect.ACCEPTABLE, desc = "Submitted and cancelled.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on.")
@State
public class SubmitAgainstCancel {
  private static final Task<Integer> TASK = Task.of("stress", () -> 1);

  private final StressStart start = new StressStart();
  private final SettableFuture<Integer> future = SettableFuture.create();
  private final StressScope s = new StressScope();
  private final ExecutorChild<Integer> child =
      new ExecutorChild<>(s.scope, s.scope.state.fork(), StressFuture.executor(future), null, TASK);

  public SubmitAgainstCancel() {
    s.markCancelled();
  }

  @Actor
  public void submitter(ZZI_Result r) {
    start.together();
    r.r1 = child.start();
  }

  @Actor
  public void canceller() {
    start.together();
    child.cancel();
  }

  @Arbiter
  public void arbiter(ZZI_Result r) {
    r.r2 = future.isCancelled();
    r.r3 = s.unfinished();
  }
}
