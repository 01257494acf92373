package dev.tandem.queues;

import static dev.tandem.queues.StressShape.RENDEZVOUS;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/// Hypothesis: the taker of an element sees what its putter wrote before the put, in the element
/// and elsewhere, with plain stores.
///
/// Results: the shape, what was read in the element and beside it, -1 if there was no element.
///
/// Verdict: holds. With a plain store that gives the slot to the taker it does not: see
/// [PutAgainstTakeWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// queues.PutAgainstTake$"`
@JCStressTest
@Outcome(id = ".*, 7, 5", expect = Expect.ACCEPTABLE, desc = "Taken, and all seen.")
@Outcome(id = ".*, -1, -1", expect = Expect.ACCEPTABLE, desc = "Too early.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element as it was before the put, or none.")
@State
public class PutAgainstTake {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Box> channel = shape.channel();
  private final Box box = new Box();
  private int beside;

  static final class Box {
    int value;
  }

  @Actor
  public void putter() {
    box.value = 7;
    beside = 5;
    channel.tryPut(box);
  }

  @Actor
  public void taker(LII_Result r) {
    r.r1 = shape;
    Object taken = channel.tryTake();
    r.r2 = taken instanceof Box b ? b.value : -1;
    r.r3 = taken != null ? beside : -1;
  }
}
