package dev.tandem.pools.internal.executor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [JoinAgainstEnd] with a joiner that looks, and then enters itself. FAILS, and is meant to: what
/// ends in between wakes no joiner.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t JoinAgainstEndWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "A lost wake-up.")
@State
public class JoinAgainstEndWeakened {
  private volatile boolean over;
  private final Queue<Thread> joiners = new ConcurrentLinkedQueue<>();

  @Actor
  public void joiner(ZZ_Result r) {
    r.r1 = over;
    joiners.add(Thread.currentThread());
  }

  @Actor
  public void worker(ZZ_Result r) {
    over = true;
    r.r2 = !joiners.isEmpty();
  }
}
