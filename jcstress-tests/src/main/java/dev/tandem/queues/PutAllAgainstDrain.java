package dev.tandem.queues;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// Hypothesis: what is put all together and drained together arrives once, in order where the shape
/// has one.
///
/// Results: the shape, what was drained.
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
public class PutAllAgainstDrain {
  private static final StressShape[] SHAPES = StressShape.values();
  private static final List<Integer> ALL = List.of(1, 2, 3);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private int drained;

  @Actor
  public void putter() {
    try {
      channel.putAll(ALL);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Actor
  public void drainer(LI_Result r) {
    r.r1 = shape;
    try {
      int last = 1;
      for (int count = 0; count < 3 && last > 0; count += last) {
        last =
            channel.drain(element -> drained = drained * 10 + element, 3 - count, StressSteps.LONG);
      }
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    r.r2 = drained;
  }
}
