package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// [ReplyAgainstCall] with a flaw. FAILS, and is meant to: the call waits for ever.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ReplyAgainstCallWeakened"`
public class ReplyAgainstCallWeakened {
  private ReplyAgainstCallWeakened() {}

  /// The call is sent, and then enters the table.
  @JCStressTest
  @Outcome(id = "42", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "It waits for ever.")
  @State
  public static class SendBeforeEnter extends FlawedCalls {
    private final StressCalls caller = new StressCalls();

    @Override
    public int value() throws InterruptedException {
      Call call = new Call();
      sent = true;
      calls.put(1, call);
      return await(call);
    }

    @Actor
    public void caller(L_Result r) {
      r.r1 = caller.call(this);
    }

    @Actor
    public void reader() {
      answer();
      caller.rescue();
    }
  }
}
