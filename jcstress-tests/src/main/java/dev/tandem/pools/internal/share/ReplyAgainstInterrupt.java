package dev.tandem.pools.internal.share;

import dev.tandem.queues.StressInterrupt;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LIZ_Result;

/// Hypothesis: a caller that is interrupted while its reply comes has the one or the other; the
/// interrupt is not lost, the pool is told that the caller waits no more, and nothing stays in the
/// table.
///
/// Results: what the call has come to, how many calls are in the table, was a cancel sent if the
/// call was, and only then.
///
/// Verdict: holds. If a caller that has a reply forgets that it was interrupted, it does not: see
/// [ReplyAgainstInterruptWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ReplyAgainstInterrupt$"`
@JCStressTest
@Outcome(id = "42, flag kept, 0, true", expect = Expect.ACCEPTABLE, desc = "The reply.")
@Outcome(id = "interrupted, 0, true", expect = Expect.ACCEPTABLE, desc = "The interrupt.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt is lost, or the call stays.")
@State
public class ReplyAgainstInterrupt {
  private final StressCalls calls = new StressCalls();
  private final StressInterrupt interrupt = new StressInterrupt();

  @Actor
  public void caller(LIZ_Result r) {
    r.r1 = interrupt.during(() -> calls.call(calls.service));
  }

  @Actor
  public void reader() {
    var _ =
        interrupt.and(() -> {
          calls.answer();
          return 0;
        });
  }

  @Arbiter
  public void after(LIZ_Result r) {
    r.r2 = calls.pending();
    r.r3 = calls.cancelledIf("interrupted".equals(r.r1));
  }
}
