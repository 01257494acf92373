package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A thread rings, which does not wait, while another holds the lock to send: the ring goes out, by
/// the one or by the other.
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "The frame and the ring went out.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The ring stays.")
@State
public class RingAgainstSend {
  private final StressLink link = new StressLink(Integer.MAX_VALUE);

  @Actor
  public void sender() {
    link.sendFrame();
  }

  @Actor
  public void ringer() {
    link.ring(1);
  }

  @Arbiter
  public void look(I_Result r) {
    r.r1 = link.written() == StressLink.FRAME + StressLink.RING ? 2 : link.written();
  }
}
