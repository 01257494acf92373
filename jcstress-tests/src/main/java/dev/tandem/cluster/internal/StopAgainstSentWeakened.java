package dev.tandem.cluster.internal;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [StopAgainstSent] with plain fields. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t StopAgainstSentWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "It runs on.")
@State
public class StopAgainstSentWeakened {
  private final CompletableFuture<byte[]> sent = new CompletableFuture<>();
  private CompletableFuture<byte[]> future;
  private boolean unwanted;

  @Actor
  public void sender(ZZ_Result r) {
    future = sent;
    r.r1 = unwanted;
  }

  @Actor
  public void canceller(ZZ_Result r) {
    unwanted = true;
    r.r2 = future != null;
  }
}
