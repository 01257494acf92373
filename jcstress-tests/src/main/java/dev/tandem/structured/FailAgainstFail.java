package dev.tandem.structured;

import static java.util.stream.Collectors.joining;

import dev.tandem.queues.StressStart;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/// Hypothesis: of two subtasks that fail at the same time one is the first, and the other's failure
/// is suppressed once, whether it completed or was late.
///
/// Results: the cause, what is suppressed, how many are unfinished.
///
/// Verdict: holds. If a failure looked whether it is the first and then said so, it would not: see
/// [FailAgainstFailWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// FailAgainstFail$"`
@JCStressTest
@Outcome(id = "one, two, 0", expect = Expect.ACCEPTABLE, desc = "The first was the first.")
@Outcome(id = "two, one, 0", expect = Expect.ACCEPTABLE, desc = "The second was the first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A failure is lost, or is there twice.")
@State
public class FailAgainstFail {
  private static final Exception ONE = new Exception("one");
  private static final Exception TWO = new Exception("two");

  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private final ThreadChild<Integer> first = s.forkPlayed();
  private final ThreadChild<Integer> second = s.forkPlayed();

  @Actor
  public void first() {
    start.together();
    first.fail(ONE);
  }

  @Actor
  public void second() {
    start.together();
    second.fail(TWO);
  }

  @Arbiter
  public void arbiter(LLI_Result r) {
    Throwable wrapper = new Exception(s.scope.failures().first()); // as join does
    s.scope.failures().hangOn(wrapper);
    Throwable cause = wrapper.getCause();
    r.r1 = cause == null ? "none" : cause.getMessage();
    r.r2 =
        Arrays.stream(wrapper.getSuppressed()).map(Throwable::getMessage).collect(joining(" and "));
    r.r3 = s.unfinished();
  }
}
