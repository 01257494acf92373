package dev.tandem.cluster.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// Hypothesis: a thread that waits for a task of a cluster has its result when the answer comes,
/// whichever thread takes it; and the task leaves the member.
///
/// Results: what the thread has got, does the task still run.
///
/// Verdict: holds. If the thread looks before it says that it waits, it does not: see
/// [HelpAgainstAnswerWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// HelpAgainstAnswer$"`
@JCStressTest
@Outcome(id = "42, false", expect = Expect.ACCEPTABLE, desc = "The result.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever, or the task stays.")
@State
public class HelpAgainstAnswer {
  private final StressClusterRun run = new StressClusterRun();

  @Actor
  public void waiter(LZ_Result r) {
    r.r1 = run.get();
  }

  @Actor
  public void hazelcast() {
    run.answer();
  }

  @Arbiter
  public void after(LZ_Result r) {
    r.r2 = run.stillRuns();
  }
}
