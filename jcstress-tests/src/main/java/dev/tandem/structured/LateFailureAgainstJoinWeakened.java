package dev.tandem.structured;

import dev.tandem.core.internal.Failures;
import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [LateFailureAgainstJoin] with a scope in which `join` alone adds suppressed failures. FAILS, and
/// is meant to: the late failure is lost.
///
/// Results: how many are suppressed.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t LateFailureAgainstJoinWeakened"`
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It came in time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is lost.")
@State
public class LateFailureAgainstJoinWeakened {
  private static final Exception FIRST = new Exception("first");
  private static final Exception LATE = new Exception("late");

  private final StressStart start = new StressStart();
  private final Failures failures = new Failures();

  public LateFailureAgainstJoinWeakened() {
    failures.add(FIRST, false);
  }

  @Actor
  public void owner(I_Result r) {
    Throwable thrown = new Exception(FIRST);
    start.together();
    failures.hangOn(thrown);
    r.r1 = thrown.getSuppressed().length;
  }

  @Actor
  public void body() {
    start.together();
    failures.add(LATE, true);
  }
}
