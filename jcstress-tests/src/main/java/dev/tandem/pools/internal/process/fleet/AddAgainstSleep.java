package dev.tandem.pools.internal.process.fleet;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: a dispatcher that is about to park sees the job, or the submitter of the job sees
/// that it must wake the dispatcher: no job is stranded while a worker has room. The same two
/// steps, the other way round, for a reader that makes room while a job waits.
///
/// Results: does the dispatcher park, was it woken.
///
/// Verdict: holds. With release and acquire it does not: see [AddAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// AddAgainstSleep$"`
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "Seen without a wake-up.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "Woken though it had seen it.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Woken.")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "The job is stranded.")
@State
public class AddAgainstSleep {
  private final ParkFlag sleeper = new ParkFlag();
  private final AtomicInteger jobs = new AtomicInteger();

  @Actor
  public void dispatcher(ZZ_Result r) {
    sleeper.begin();
    r.r1 = jobs.get() == 0 && sleeper.lieDown() && jobs.get() == 0;
  }

  @Actor
  public void submitter(ZZ_Result r) {
    jobs.setRelease(1);
    VarHandle.fullFence();
    r.r2 = sleeper.isSleeping() && sleeper.call();
  }
}
