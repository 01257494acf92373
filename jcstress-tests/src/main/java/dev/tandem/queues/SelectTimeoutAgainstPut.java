package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.pause;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/// Hypothesis: a select whose time is over just when an element is put has it, or leaves it.
///
/// Results: the shape, what the put gave, what the select took (0 if its time was over), what is
/// left.
///
/// Verdict: holds. [PutAgainstLeavingSelect] is its last step.
@JCStressTest
@Outcome(id = ".*, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "In time.")
@Outcome(id = "(?!RENDEZVOUS).*, 1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Too late.")
@Outcome(id = "RENDEZVOUS, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Did not meet.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost or doubled.")
@State
public class SelectTimeoutAgainstPut {
  private static final StressShape[] SHAPES = StressShape.values();

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> one = shape.channel();
  private final AbstractChannel<Integer> two = shape.channel();

  @Actor
  public void selector(LLLL_Result r) {
    r.r3 = StressSelect.takeInShortTime(one, two);
  }

  @Actor
  public void putter(LLLL_Result r) {
    pause();
    r.r2 = one.tryPut(1);
  }

  @Arbiter
  public void arbiter(LLLL_Result r) {
    r.r1 = shape;
    r.r4 = rest(one) + rest(two);
  }
}
