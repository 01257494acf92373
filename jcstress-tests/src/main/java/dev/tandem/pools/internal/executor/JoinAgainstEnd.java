package dev.tandem.pools.internal.executor;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a thread that closes a map and is about to park sees that the last worker has ended,
/// or that worker sees that it must wake the thread: no wake-up of a joiner is lost.
///
/// Results: did the joiner see that the work is over, did the worker wake it.
///
/// Verdict: holds. If the joiner looks and then enters itself it does not: see
/// [JoinAgainstEndWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// JoinAgainstEnd$"`
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "Seen without a wake-up.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Woken though it had seen it.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class JoinAgainstEnd {
  private volatile boolean over;
  private final MapJoin join = new MapJoin(() -> over);

  @Actor
  public void joiner(ZZ_Result r) {
    r.r1 = join.enter();
  }

  @Actor
  public void worker(ZZ_Result r) {
    over = true;
    r.r2 = join.ended();
  }
}
