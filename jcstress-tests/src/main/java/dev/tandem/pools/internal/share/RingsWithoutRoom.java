package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// The socket had no room for the whole of a ring. A thread rings for another channel while the
/// thread that reads finds some room: in the end both rings have gone, whole.
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both rings went out.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Bytes stay, and the reader is not to know.")
@State
public class RingsWithoutRoom {
  private final StressLink link = new StressLink(5);

  public RingsWithoutRoom() {
    link.ring(1);
  }

  @Actor
  public void ringer() {
    link.ring(2);
  }

  @Actor
  public void reader() {
    link.read();
  }

  @Arbiter
  public void look(I_Result r) {
    link.makeRoom();
    link.read(); // a socket with room wakes the reader, if that is wanted
    int rings = link.written() / StressLink.RING;
    r.r1 = link.written() % StressLink.RING == 0 ? rings : -1;
  }
}
