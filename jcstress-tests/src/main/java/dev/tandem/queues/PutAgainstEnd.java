package dev.tandem.queues;

import static dev.tandem.queues.StressShape.PRODUCER_CLOSES;
import static dev.tandem.queues.StressShape.RENDEZVOUS;
import static dev.tandem.queues.StressSteps.rest;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/// Hypothesis: no taker finds the end of the channel before an element that was accepted.
///
/// Results: the shape, what the put gave (1 accepted, -1 closed), what was taken before the end.
///
/// Verdict: holds, because the closed bit is in the word that each put has to change. With a flag
/// beside the queue it does not: see [PutAgainstEndWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// PutAgainstEnd$"`
@JCStressTest
@Outcome(id = ".*, 1, 1", expect = Expect.ACCEPTABLE, desc = "Accepted and delivered.")
@Outcome(id = ".*, -1, 0", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Accepted after the end was seen, or doubled.")
@State
public class PutAgainstEnd {
  private static final StressShape[] SHAPES = StressShape.allBut(RENDEZVOUS, PRODUCER_CLOSES);

  private final StressShape shape = StressShape.oneOf(SHAPES);
  private final AbstractChannel<Integer> channel = shape.channel();
  private final StressStart start = new StressStart();

  @Actor
  public void putter(LII_Result r) {
    start.together();
    r.r2 = channel.tryPut(1);
  }

  @Actor
  public void closerThatTakes(LII_Result r) {
    start.together();
    channel.close();
    r.r3 = rest(channel);
  }

  @Arbiter
  public void arbiter(LII_Result r) {
    r.r1 = shape;
    r.r3 += rest(channel) == 0 ? 0 : -9;
  }
}
