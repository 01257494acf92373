package dev.tandem.structured;

import static dev.tandem.structured.StressEnd.pauseUntilParked;

import dev.tandem.queues.StressStart;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: an owner that waits is woken by the last completion, and sees all that the subtask
/// did: its result or failure, and what it wrote elsewhere.
///
/// Results: what the body did, what `join` did, what the body wrote, whether the owner was woken.
///
/// Verdict: holds. If the owner counted before it says that it waits, it would not: see
/// [CompleteAgainstJoinWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// structured.CompleteAgainstJoin$"`
@JCStressTest
@Outcome(id = "1, joined 1, 2, woken", expect = Expect.ACCEPTABLE, desc = "Joined.")
@Outcome(id = "threw, threw, 2, woken", expect = Expect.ACCEPTABLE, desc = "Joined, and failed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up, or a stale read.")
@State
public class CompleteAgainstJoin {
  private static final Exception FAILURE = new Exception();

  private final StressStart start = new StressStart();
  private final StressEnd end = new StressEnd();
  private final StressFuture future = new StressFuture();
  private StressScope s;
  private Child<Integer> child;
  private int written;

  @Actor
  public void owner(LLLL_Result r) {
    s = StressScope.withoutThreads();
    child = s.forkOn(future);
    start.together();
    try {
      r.r2 = s.join() + " " + child.get();
    } catch (IllegalStateException e) {
      r.r2 = e.getCause() == FAILURE ? "threw" : e;
    }
    r.r3 = written;
    end.reach();
  }

  @Actor
  public void body(LLLL_Result r) {
    start.together();
    pauseUntilParked();
    written = 2;
    if (ThreadLocalRandom.current().nextBoolean()) {
      r.r1 = 1;
      child.succeed(1);
    } else {
      r.r1 = "threw";
      child.fail(FAILURE);
    }
    r.r4 = "woken";
    if (!end.isReached()) {
      r.r4 = "not woken";
      LockSupport.unpark(s.scope.owner);
    }
  }
}
