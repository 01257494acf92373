package dev.tandem.pools.internal.share;

import dev.tandem.queues.StressInterrupt;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// [ReplyAgainstInterrupt] with a caller that looks at its reply when it is interrupted. FAILS, and
/// is meant to: the interrupt is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ReplyAgainstInterruptWeakened"`
public class ReplyAgainstInterruptWeakened {
  private ReplyAgainstInterruptWeakened() {}

  /// It catches the interrupt, and has the reply.
  @JCStressTest
  @Outcome(
      id = {"42, flag kept", "interrupted"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The interrupt is lost.")
  @State
  public static class InterruptForgotten extends FlawedCalls {
    private final StressCalls caller = new StressCalls();
    private final StressInterrupt interrupt = new StressInterrupt();

    @Override
    public int value() throws InterruptedException {
      Call call = new Call();
      calls.put(1, call);
      sent = true;
      synchronized (call) {
        try {
          return await(call);
        } catch (InterruptedException e) {
          if (call.isReplied()) {
            return 42;
          }
          throw e;
        }
      }
    }

    @Actor
    public void caller(L_Result r) {
      r.r1 = interrupt.during(() -> caller.call(this));
    }

    @Actor
    public void reader() {
      var _ =
          interrupt.and(() -> {
            answer();
            return 0;
          });
    }
  }
}
