package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: of two selects, each of which can put where the other can take, both do the same
/// thing, in a rendezvous; in a channel that holds elements both may put. Neither matches twice.
///
/// Results: the shape, what each select did (put is 0, else what it took; -1 is not woken), what is
/// left.
///
/// Verdict: holds. If one select could look for the other before it, too, can be found, they could
/// miss each other: see [SelectAgainstSelectWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// SelectAgainstSelect$"`
@JCStressTest
@Outcome(id = ".*, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The first put, and it was taken.")
@Outcome(id = ".*, 2, 0, 0", expect = Expect.ACCEPTABLE, desc = "The second put, and it was taken.")
@Outcome(id = "(?!RENDEZVOUS).*, 0, 0, 11", expect = Expect.ACCEPTABLE, desc = "Both put.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Missed each other, lost or doubled.")
@State
public class SelectAgainstSelect {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> there = shape.channel();
  private final AbstractChannel<Integer> back = shape.channel();
  private final StressStart start = new StressStart();

  @Actor
  public void first(LLLL_Result r) {
    start.together();
    r.r2 = StressSelect.putOrTake(there, 1, back);
  }

  @Actor
  public void second(LLLL_Result r) {
    start.together();
    r.r3 = StressSelect.putOrTake(back, 2, there);
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = shape;
    r.r4 = rest(there) + rest(back);
  }
}
