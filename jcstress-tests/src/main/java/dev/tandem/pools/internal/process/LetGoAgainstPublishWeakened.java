package dev.tandem.pools.internal.process;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// [LetGoAgainstPublish] with a consumer that looks, and then lets go. FAILS, and is meant to: what
/// comes in between is forgotten.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t LetGoAgainstPublishWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false, false", "false, true, false", "false, false, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten.")
@State
public class LetGoAgainstPublishWeakened {
  private final AtomicInteger known = new AtomicInteger(1);
  private volatile int ready = 1;

  @Actor
  public void consumer(ZZZ_Result r) {
    r.r1 = ready > 1;
    if (!r.r1) {
      known.set(0);
    }
  }

  @Actor
  public void reader(ZZZ_Result r) {
    ready = 2;
    r.r3 = known.compareAndSet(0, 1);
  }
}
