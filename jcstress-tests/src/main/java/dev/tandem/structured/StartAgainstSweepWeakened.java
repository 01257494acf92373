package dev.tandem.structured;

import java.util.concurrent.CountDownLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [StartAgainstSweep] with a sweeper that reads whether the thread is alive, and then whether it
/// is new. FAILS, and is meant to: the thread starts in between.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t StartAgainstSweepWeakened"`
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "Kept.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten while it runs.")
@State
public class StartAgainstSweepWeakened {
  private final CountDownLatch swept = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().unstarted(this::body);

  private void body() {
    try {
      swept.await();
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Actor
  public void starter() {
    thread.start();
  }

  @Actor
  public void sweeper(Z_Result r) {
    r.r1 = !thread.isAlive() && thread.getState() != Thread.State.NEW;
  }

  @Arbiter
  public void arbiter() {
    swept.countDown();
  }
}
