package dev.tandem.pools.internal.share;

import dev.tandem.queues.StressStart;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [CallCancelAgainstEnd] with a flaw each. FAIL, and are meant to: a call stays in the table; the
/// interrupt meets what the thread does next.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t CallCancelAgainstEndWeakened"`
public class CallCancelAgainstEndWeakened {
  private CallCancelAgainstEndWeakened() {}

  /// The thread of the call is started, and then enters the table.
  @JCStressTest
  @Outcome(id = "false", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The call stays in the table.")
  @State
  public static class StartBeforeEnter {
    private final Map<Integer, Thread> running = new ConcurrentHashMap<>();
    private final StressStart start = new StressStart();

    @Actor
    public void reader() {
      start.together();
      running.put(1, Thread.currentThread());
    }

    @Actor
    public void call() {
      start.together();
      var _ = running.remove(1);
    }

    @Arbiter
    public void after(Z_Result r) {
      r.r1 = !running.isEmpty();
    }
  }

  /// The thread of the call runs another when it has ended.
  @JCStressTest
  @Outcome(id = "false", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The next call is interrupted.")
  @State
  public static class ThreadUsedAgain {
    private final Map<Integer, Thread> running = new ConcurrentHashMap<>();
    private final StressStart start = new StressStart();
    private volatile boolean cancelled;

    @Actor
    public void reader() {
      start.together();
      Thread thread = running.remove(1);
      if (thread != null) {
        thread.interrupt();
      }
      cancelled = true;
    }

    @Actor
    public void call(Z_Result r) {
      running.put(1, Thread.currentThread());
      start.together();
      var _ = running.remove(1);
      var _ = Thread.interrupted(); // it was for this call
      while (!cancelled) {
        Thread.onSpinWait();
      }
      r.r1 = Thread.interrupted();
    }
  }
}
