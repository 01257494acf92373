package dev.tandem.pools.internal.process;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a listener that is added to the future of a process pool while a reader publishes
/// the outcome runs once, and not on the reader's thread, even if it is to run directly: it could
/// keep the answers of a whole worker waiting.
///
/// Results: how often it has run, how often on the reader's thread.
///
/// Verdict: holds. If the listener is added as it is, it does not: see
/// [ListenAgainstPublishWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// ListenAgainstPublish$"`
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Once, elsewhere.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Not once, or on the reader's thread.")
@State
public class ListenAgainstPublish {
  private final StressProcessRun run = StressProcessRun.create(false);
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger onReader = new AtomicInteger();
  private volatile Thread reader;

  @Actor
  public void reader() {
    reader = Thread.currentThread();
    run.failed();
    reader = null;
  }

  @Actor
  public void user() {
    run.addListener(this::listener, MoreExecutors.directExecutor());
  }

  private void listener() {
    ran.incrementAndGet();
    if (Thread.currentThread() == reader) {
      onReader.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(II_Result r) {
    while (run.runCallback()) {}
    r.r1 = ran.get();
    r.r2 = onReader.get();
  }
}
