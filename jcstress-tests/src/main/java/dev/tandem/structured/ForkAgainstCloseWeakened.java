package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [ForkAgainstClose] with a close that tells the subtasks to stop and then marks the scope. FAILS,
/// and is meant to: what is forked in between is never told.
///
/// Results: did the fork see the mark, did the close see the subtask.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ForkAgainstCloseWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "Told to stop.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Close waits for ever.")
@State
public class ForkAgainstCloseWeakened {
  private final StressStart start = new StressStart();
  private final Children children = new Children();
  private final StressScope s = new StressScope();
  private final ThreadChild<Integer> child = s.child();

  @Actor
  public void owner(ZZ_Result r) {
    start.together();
    children.forEach(c -> r.r2 = c == child);
    s.markCancelled();
  }

  @Actor
  public void subtask(ZZ_Result r) {
    start.together();
    children.add(child);
    r.r1 = s.scope.isCancelled();
  }
}
