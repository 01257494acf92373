package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/// Hypothesis: a reply finds its call, however soon it comes after the call was sent.
///
/// Results: what the call has come to, how many calls are in the table.
///
/// Verdict: holds. If the call enters the table when it was sent, it does not: see
/// [ReplyAgainstCallWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ReplyAgainstCall$"`
@JCStressTest
@Outcome(id = "42, 0", expect = Expect.ACCEPTABLE, desc = "The reply.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, or stays in the table.")
@State
public class ReplyAgainstCall {
  private final StressCalls calls = new StressCalls();

  @Actor
  public void caller(LI_Result r) {
    r.r1 = calls.call(calls.service);
  }

  @Actor
  public void reader() {
    calls.answer();
    calls.rescue();
  }

  @Arbiter
  public void after(LI_Result r) {
    r.r2 = calls.pending();
  }
}
