package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [GiveUpAgainstAnswer] in which the reader looks whether it was given up, and then writes that it
/// was not. FAILS, and is meant to: both settle the job.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t GiveUpAgainstAnswerWeakened"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class GiveUpAgainstAnswerWeakened {
  private static final int READING = 0;
  private static final int DECODING = 1;
  private static final int GIVEN_UP = 2;

  private final AtomicInteger state = new AtomicInteger(READING);
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  @Actor
  public void reader() {
    state.setRelease(DECODING);
    if (state.get() == DECODING) {
      state.set(READING);
      outcomes.incrementAndGet();
      gone.incrementAndGet();
    }
  }

  @Actor
  public void reaper() {
    if (state.compareAndSet(DECODING, GIVEN_UP)) {
      outcomes.incrementAndGet();
      gone.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = 10 * outcomes.get() + gone.get();
  }
}
