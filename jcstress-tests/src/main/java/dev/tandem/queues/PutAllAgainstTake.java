package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.take;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// Hypothesis: what is put all together and taken one by one arrives once, in order where the shape
/// has one; the putter waits for room and the taker for elements, and neither for ever.
///
/// Results: the shape, what was taken.
///
/// Verdict: holds. The steps on which it depends are [ArmTakeAgainstPut] and [ArmPutAgainstTake].
@JCStressTest
@Outcome(id = "(?!LIFO|PRIORITY).*, 123", expect = Expect.ACCEPTABLE, desc = "In order.")
@Outcome(
    id = "(LIFO|PRIORITY), (123|132|213|231|312|321)",
    expect = Expect.ACCEPTABLE,
    desc = "As it was there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not woken, out of order, lost or doubled.")
@State
public class PutAllAgainstTake {
  private static final StressShape[] SHAPES = StressShape.values();
  private static final List<Integer> ALL = List.of(1, 2, 3);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();

  @Actor
  public void putter() {
    try {
      channel.putAll(ALL);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Actor
  public void taker(LI_Result r) {
    r.r1 = shape;
    for (int i = 0; i < 3; i++) {
      r.r2 = r.r2 * 10 + (take(channel) instanceof Integer element ? element : 0);
    }
  }
}
