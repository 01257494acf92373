package dev.tandem.pools.internal.share;

import dev.tandem.queues.StressStart;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// [ConnectionEndAgainstCall] with a flaw. FAILS, and is meant to: the call waits for ever.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ConnectionEndAgainstCallWeakened"`
public class ConnectionEndAgainstCallWeakened {
  private ConnectionEndAgainstCallWeakened() {}

  /// The caller looks for the end, and then enters the table.
  @JCStressTest
  @Outcome(id = "0", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever.")
  @State
  public static class OneLook extends FlawedCalls {
    private final StressCalls caller = new StressCalls();
    private final StressStart start = new StressStart();

    @Override
    public int value() throws InterruptedException {
      if (lost) {
        return 0;
      }
      Call call = new Call();
      calls.put(1, call);
      return await(call);
    }

    @Actor
    public void caller(L_Result r) {
      start.together();
      r.r1 = caller.call(this);
    }

    @Actor
    public void reader() {
      start.together();
      end();
      caller.rescue();
    }
  }
}
