package dev.tandem.pools.internal.share;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// Hypothesis: a call that begins while the connection ends is told so: it does not wait for ever.
///
/// Results: what the call has come to, how many calls are in the table.
///
/// Verdict: holds. If the caller does not look again when it is in the table, it does not: see
/// [ConnectionEndAgainstCallWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ConnectionEndAgainstCall$"`
@JCStressTest
@Outcome(id = "lost, 0", expect = Expect.ACCEPTABLE, desc = "It is told.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, or stays in the table.")
@State
public class ConnectionEndAgainstCall {
  private final StressCalls calls = new StressCalls();
  private final StressStart start = new StressStart();

  @Actor
  public void caller(LI_Result r) {
    start.together();
    r.r1 = calls.call(calls.service);
  }

  @Actor
  public void reader() {
    start.together();
    calls.client.end("the connection");
    calls.rescue();
  }

  @Arbiter
  public void after(LI_Result r) {
    var _ = Thread.interrupted();
    r.r2 = calls.pending();
  }
}
