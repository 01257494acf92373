package dev.tandem.pools.internal.process;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [PublishAgainstGone] with two flags, each written, and then the other looked at. FAILS, and is
/// meant to: both see both.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PublishAgainstGoneWeakened"`
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Counted out twice.")
@State
public class PublishAgainstGoneWeakened {
  private final AtomicInteger ends = new AtomicInteger();
  private volatile boolean published;
  private volatile boolean gone;

  @Actor
  public void reader() {
    gone = true;
    if (published) {
      ends.incrementAndGet();
    }
  }

  @Actor
  public void callbacks() {
    published = true;
    if (gone) {
      ends.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = ends.get();
  }
}
