package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [AddAgainstSleep] with release and acquire, and no fence. FAILS, and is meant to, on x86 too:
/// both look before the other sees what they have written.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t AddAgainstSleepWeakened"`
@JCStressTest
@Outcome(
    id = {"false, false", "false, true", "true, true"},
    expect = Expect.ACCEPTABLE)
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "The job is stranded.")
@State
public class AddAgainstSleepWeakened {
  private final AtomicBoolean sleeping = new AtomicBoolean();
  private final AtomicInteger jobs = new AtomicInteger();

  @Actor
  public void dispatcher(ZZ_Result r) {
    sleeping.setRelease(true);
    r.r1 = jobs.getAcquire() == 0;
  }

  @Actor
  public void submitter(ZZ_Result r) {
    jobs.setRelease(1);
    r.r2 = sleeping.getAcquire();
  }
}
