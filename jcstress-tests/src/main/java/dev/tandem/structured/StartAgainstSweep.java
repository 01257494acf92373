package dev.tandem.structured;

import java.util.concurrent.CountDownLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// Hypothesis: a sweep does not take a subtask for over whose thread is being started. This one has
/// a real thread: what is raced is how its states are read.
///
/// Results: did the sweeper say that it is over, the state of the handle after its body returned.
///
/// Verdict: holds. If it was over when its thread is neither alive nor new, read in this order, it
/// would not: see [StartAgainstSweepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// StartAgainstSweep$"`
@JCStressTest
@Outcome(id = "false, SUCCESS", expect = Expect.ACCEPTABLE, desc = "Kept, and it ran.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten while it runs.")
@State
public class StartAgainstSweep {
  private final CountDownLatch swept = new CountDownLatch(1);
  private final Scope<Integer, String, RuntimeException> scope =
      Scope.open(new StressJoiner(), ScopeOptions.of(options -> options));
  private final ThreadChild<Integer> child =
      new ThreadChild<>(
          scope,
          scope.state.fork(),
          null,
          () -> {
            swept.await();
            return 1;
          });

  public StartAgainstSweep() {
    scope.place.leave(Thread.currentThread());
    child.prepare();
  }

  @Actor
  public void starter() {
    child.start();
  }

  @Actor
  public void sweeper(ZL_Result r) {
    r.r1 = child.isOver();
  }

  @Arbiter
  public void arbiter(ZL_Result r) {
    swept.countDown();
    long since = System.nanoTime();
    while (!child.isFinal() && System.nanoTime() - since < StressEnd.LONG) {
      Thread.onSpinWait();
    }
    r.r2 = child.state();
  }
}
