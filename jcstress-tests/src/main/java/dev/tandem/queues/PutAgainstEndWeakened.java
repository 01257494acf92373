package dev.tandem.queues;

import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [PutAgainstEnd] with a queue of JCTools and a volatile flag beside it, the usual way to close a
/// queue. FAILS, and is meant to: the putter reads the flag, the channel is closed and found empty,
/// and the element comes after that.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t PutAgainstEndWeakened"`
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Accepted and delivered.")
@Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE, desc = "Refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Accepted after the end was seen.")
@State
public class PutAgainstEndWeakened {
  private final MpmcVarHandleArrayQueue<Integer> queue = new MpmcVarHandleArrayQueue<>(2);
  private volatile boolean closed;
  private final StressStart start = new StressStart();

  @Actor
  public void putter(II_Result r) {
    start.together();
    r.r1 = closed || !queue.offer(1) ? -1 : 1;
  }

  @Actor
  public void closerThatTakes(II_Result r) {
    start.together();
    closed = true;
    r.r2 = queue.poll() == null ? 0 : 1;
  }
}
