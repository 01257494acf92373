package dev.tandem.structured;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a subtask that is added while another thread takes out those that are over, and adds
/// one itself, is in the list, and a canceller that walks meanwhile sees each one that is not over.
///
/// Results: those alive that a walk saw meanwhile, those alive in the end, all in the end.
///
/// Verdict: holds. If the sweep took out the newest one, too, it would not: see
/// [AddAgainstSweepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m quick -t
/// AddAgainstSweep$"`
@JCStressTest
@Outcome(id = "[34], 4, 4", expect = Expect.ACCEPTABLE, desc = "Added before the sweep began.")
@Outcome(
    id = "[34], 4, 5",
    expect = Expect.ACCEPTABLE,
    desc = "Added later: the sweep has left what was the newest when it began.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is lost, or the sweep did nothing.")
@State
public class AddAgainstSweep {
  private static final int FORKED = 512; // enough for a sweep to be worth it

  private final StressStart start = new StressStart();
  private final StressScope s = new StressScope();
  private final Children children = new Children();

  public AddAgainstSweep() {
    s.markCancelled();
    children.add(alive());
    children.add(over());
    children.add(over());
    children.add(alive());
    children.add(over());
  }

  private Child<?> alive() {
    return new ThreadChild<>(s.scope, s.scope.state.fork(), null, () -> 1);
  }

  private Child<?> over() {
    Child<?> child = alive();
    child.cancel();
    return child;
  }

  @Actor
  public void forker(III_Result r) {
    Child<?> added = alive();
    start.together();
    children.add(added);
    children.forEach(child -> r.r1 += child.isOver() ? 0 : 1);
  }

  @Actor
  public void sweeper() {
    Child<?> added = alive();
    start.together();
    children.sweepIfWorthIt(FORKED, 0);
    children.add(added);
  }

  @Arbiter
  public void arbiter(III_Result r) {
    children.forEach(child -> {
      r.r2 += child.isOver() ? 0 : 1;
      r.r3++;
    });
  }
}
