package dev.tandem.pools.internal.share;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [RingAgainstSend] with a sender that does not look at what was posted after it has unlocked.
/// FAILS, and is meant to: a ring stays.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t RingAgainstSendWeakened"`
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "The frame and the ring went out.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The ring stays.")
@State
public class RingAgainstSendWeakened {
  private final FlawedLink link = new FlawedLink();

  @Actor
  public void sender() {
    link.sender = Thread.currentThread();
    link.sendFrame();
  }

  @Actor
  public void ringer() {
    link.ring(1);
  }

  @Arbiter
  public void look(I_Result r) {
    int all = StressLink.FRAME + StressLink.RING;
    r.r1 = link.written() == all ? 2 : link.written();
  }

  private static final class FlawedLink extends StressLink {
    private @Nullable Thread sender; // written and read by itself

    FlawedLink() {
      super(Integer.MAX_VALUE);
    }

    @Override
    void pass() {
      if (Thread.currentThread() != sender) {
        super.pass();
      }
    }
  }
}
