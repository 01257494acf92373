package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.StressHub.StressWorker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Hypothesis: with redelivery, a putter of the pool that parks is told of the element that a
/// worker has done, and so of room.
///
/// Results: was it done, does the putter park, has the worker rung.
///
/// Verdict: holds. If the pool looks before it sets the bell, or the worker looks at the bell
/// before it says that it is done, it does not: see [TaskDoneAgainstSleepWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// TaskDoneAgainstSleep$"`
@JCStressTest
@Outcome(id = "true, false, .*", expect = Expect.ACCEPTABLE, desc = "The pool finds room.")
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "It parks and is rung.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The pool sleeps, and there is room.")
@State
public class TaskDoneAgainstSleep {
  private final StressHub hub = new StressHub(1, true);
  private final StressWorker worker = hub.consumer();

  public TaskDoneAgainstSleep() {
    hub.put(1);
    var _ = worker.take();
    var _ = worker.quiet();
  }

  @Actor
  public void worker(ZZZ_Result r) {
    hub.together();
    r.r1 = worker.steps.taskDone();
  }

  @Actor
  public void pool(ZZZ_Result r) {
    hub.together();
    r.r2 = hub.hub.armPut(true);
  }

  @Arbiter
  public void after(ZZZ_Result r) {
    r.r3 = worker.hasRung();
  }
}
