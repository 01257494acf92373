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

/// Hypothesis: of two subtasks that fail at the same time one is the first, and the other's failure
/// is suppressed once, whether it completed or was late.
///
/// Results: the cause of what `join` throws, what is suppressed after `close`.
///
/// Verdict: holds. If a failure looked whether it is the first and then said so, it would not: see
/// [FailAgainstFailWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// FailAgainstFail$"`
@JCStressTest
@Outcome(id = "one, two", expect = Expect.ACCEPTABLE, desc = "The first was the first.")
@Outcome(id = "two, one", expect = Expect.ACCEPTABLE, desc = "The second was the first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A failure is lost, or is there twice.")
@State
public class FailAgainstFail {
  private static final Exception ONE = new Exception("one");
  private static final Exception TWO = new Exception("two");

  private final StressStart start = new StressStart();
  private StressScope s;
  private ThreadChild<Integer> first;
  private ThreadChild<Integer> second;

  @Actor
  public void ownerAndFirst(LL_Result r) {
    s = new StressScope();
    first = s.forkPlayed();
    second = s.forkPlayed();
    start.together();
    first.fail(ONE);
    s.end(0);
    Throwable thrown = s.failureOfJoin();
    s.scope.close();
    r.r1 = thrown.getCause() == null ? thrown : thrown.getCause().getMessage();
    r.r2 =
        Arrays.stream(thrown.getSuppressed()).map(Throwable::getMessage).collect(joining(" and "));
  }

  @Actor
  public void second() {
    start.together();
    second.fail(TWO);
    s.end(1);
  }
}
