package dev.tandem.structured;

import static java.util.stream.Collectors.joining;

import dev.tandem.queues.StressStart;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// Hypothesis: a subtask that fails because it was told to stop, while the owner already throws the
/// first failure, is suppressed there once: by `join` if it came in time, by `close` if it did not.
///
/// Results: the cause, what is suppressed after `close`.
///
/// Verdict: holds. If `close` did not look again, it would not: see
/// [LateFailureAgainstJoinWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// LateFailureAgainstJoin$"`
@JCStressTest
@Outcome(id = "first, late", expect = Expect.ACCEPTABLE, desc = "No failure is lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A failure is lost, or is there twice.")
@State
public class LateFailureAgainstJoin {
  private static final Exception FIRST = new Exception("first");
  private static final Exception LATE = new Exception("late");

  private final StressStart start = new StressStart();
  private StressScope s;
  private ThreadChild<Integer> first;
  private ThreadChild<Integer> second;

  @Actor
  public void owner(LL_Result r) {
    s = new StressScope();
    first = s.forkPlayed();
    second = s.forkPlayed();
    start.together();
    Throwable thrown = s.failureOfJoin();
    s.scope.close();
    r.r1 = thrown.getCause() == null ? thrown : thrown.getCause().getMessage();
    r.r2 =
        Arrays.stream(thrown.getSuppressed()).map(Throwable::getMessage).collect(joining(" and "));
  }

  @Actor
  public void bodies() {
    start.together();
    first.fail(FIRST);
    s.end(0);
    second.fail(LATE);
    s.end(1);
  }
}
