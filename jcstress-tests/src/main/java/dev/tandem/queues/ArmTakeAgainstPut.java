package dev.tandem.queues;

import static dev.tandem.queues.StressShape.RENDEZVOUS;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/// Hypothesis: a taker that arms and parks is woken by a put that it did not see.
///
/// Results: the shape, did the taker see the element before it parked, was it woken.
///
/// Verdict: holds, but where the producer closes: there the two sides have no fence between them,
/// and the backstop finds the element. If the taker set its flag without looking at the word that
/// carries it, it would be lost: see [ArmTakeAgainstPutWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ArmTakeAgainstPut$"`
@JCStressTest
@Outcome(id = ".*, true, .*", expect = Expect.ACCEPTABLE, desc = "Seen without parking.")
@Outcome(id = ".*, false, true", expect = Expect.ACCEPTABLE, desc = "Parked and woken.")
@Outcome(
    id = "PRODUCER_CLOSES, false, false",
    expect = Expect.ACCEPTABLE,
    desc = "Left to the backstop.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class ArmTakeAgainstPut {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final BufferedChannel<Integer> channel = shape.buffered();
  private final Waiter waiter = new Waiter(new Parker(), true);
  private final StressStart start = new StressStart();

  @Actor
  public void taker(LZZ_Result r) {
    start.together();
    channel.takers.add(waiter);
    Object element;
    do {
      element = channel.tryTake();
    } while (element == null && !channel.armTake());
    r.r2 = element != null;
  }

  @Actor
  public void putter() {
    start.together();
    channel.tryPut(1);
  }

  @Arbiter
  public void arbiter(LZZ_Result r) {
    r.r1 = shape;
    r.r3 = waiter.parker().winner() == waiter;
  }
}
