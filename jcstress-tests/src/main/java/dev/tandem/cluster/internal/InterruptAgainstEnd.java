package dev.tandem.cluster.internal;

import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// Hypothesis: a body that ends while it is stopped is told so or not, and its thread is not
/// interrupted after the end.
///
/// Results: why the body was interrupted, is its thread interrupted afterwards.
///
/// Verdict: holds. Without the body's monitor it does not: see [InterruptAgainstEndWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// InterruptAgainstEnd$"`
@JCStressTest
@Outcome(
    id = {"null, false", "UNWANTED, false"},
    expect = Expect.ACCEPTABLE,
    desc = "Before the end, or not at all.")
@Outcome(expect = Expect.FORBIDDEN, desc = "What follows is interrupted.")
@State
public class InterruptAgainstEnd {
  private final RunningBodies bodies = new RunningBodies();
  private final RunningBodies.Key key = new RunningBodies.Key(new UUID(1, 1), 1);
  private volatile boolean begun;
  private volatile boolean stopped;

  @Actor
  public void body(LZ_Result r) {
    RunningBodies.Running body = bodies.begin(key, 0);
    begun = true;
    r.r1 = String.valueOf(body.end());
    while (!stopped) {
      Thread.onSpinWait();
    }
    r.r2 = Thread.interrupted();
  }

  @Actor
  public void control() {
    while (!begun) {
      Thread.onSpinWait();
    }
    bodies.stop(key);
    stopped = true;
  }
}
