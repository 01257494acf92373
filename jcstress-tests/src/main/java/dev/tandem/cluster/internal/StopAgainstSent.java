package dev.tandem.cluster.internal;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: of a canceller and the sender of an attempt, at least one asks the member to stop
/// it.
///
/// Results: does the sender ask, does the canceller.
///
/// Verdict: holds. If the two fields are plain, it does not: see [StopAgainstSentWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// StopAgainstSent$"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE,
    desc = "One asks, or both.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It runs on.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Impossible.")
@State
public class StopAgainstSent {
  private final CompletableFuture<byte[]> future = new CompletableFuture<>();
  private final Attempt attempt = new Attempt(null, null, 1);

  @Actor
  public void sender(ZZ_Result r) {
    r.r1 = attempt.sent(future);
  }

  @Actor
  public void canceller(ZZ_Result r) {
    r.r2 = attempt.unwanted();
  }
}
