package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a cancel that comes as its call ends changes nothing but what the call makes of an
/// interrupt: one reply is sent, and nothing stays in the table.
///
/// Results: how many replies were sent, how many calls are in the table.
///
/// Verdict: holds. If the call enters the table when its thread was started, it stays there; if its
/// thread were used again, the interrupt could meet the next call: see
/// [CallCancelAgainstEndWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// CallCancelAgainstEnd$"`
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "One reply.")
@Outcome(expect = Expect.FORBIDDEN, desc = "No reply, two, or the call stays.")
@State
public class CallCancelAgainstEnd {
  private final StressCalls calls = new StressCalls();
  private final CallServer server = calls.server(this::run);
  private final StressStart start = new StressStart();
  private volatile Thread thread;
  private volatile boolean ends;

  private int run() {
    thread = Thread.currentThread();
    while (!ends) {
      Thread.onSpinWait();
    }
    return 42;
  }

  @Actor
  public void reader() {
    try {
      server.begin(StressCalls.frameOfCall(1));
      start.together();
      server.cancel(StressCalls.frameOfCancel(1));
    } catch (DecodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Actor
  public void object() {
    start.together();
    ends = true;
  }

  @Arbiter
  public void after(II_Result r) {
    StressCalls.join(() -> thread);
    r.r1 = calls.replies();
    r.r2 = StressCalls.running(server);
  }
}
