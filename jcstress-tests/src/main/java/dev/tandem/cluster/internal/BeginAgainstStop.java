package dev.tandem.cluster.internal;

import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// Hypothesis: a request to stop a body that comes before it begins, or meanwhile, keeps it from
/// beginning or interrupts it; and a body that does not begin is not interrupted, nor is what its
/// thread does next.
///
/// Results: what has become of the body, is its thread interrupted afterwards.
///
/// Verdict: holds. If a body looks before it enters, or does not end when it is refused, it does
/// not: see [BeginAgainstStopWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// BeginAgainstStop$"`
@JCStressTest
@Outcome(id = "refused, false", expect = Expect.ACCEPTABLE, desc = "It did not begin.")
@Outcome(id = "UNWANTED, false", expect = Expect.ACCEPTABLE, desc = "It was interrupted.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The request is lost, or the interrupt goes astray.")
@State
public class BeginAgainstStop {
  private final RunningBodies bodies = new RunningBodies();
  private final RunningBodies.Key key = new RunningBodies.Key(new UUID(1, 1), 1);
  private volatile boolean stopped;

  @Actor
  public void body(LZ_Result r) {
    RunningBodies.Running body = bodies.begin(key, 0);
    while (!stopped) {
      Thread.onSpinWait();
    }
    r.r1 = body == null ? "refused" : String.valueOf(body.end());
    r.r2 = Thread.interrupted();
  }

  @Actor
  public void control() {
    bodies.stop(key);
    stopped = true;
  }
}
