package dev.tandem.queues;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// [RefuseAgainstEnd] with a receiver that takes the element and puts it back. FAILS, and is meant
/// to: in between the queue is empty and closed.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t RefuseAgainstEndWeakened"`
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Not the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The end before the element.")
@State
public class RefuseAgainstEndWeakened {
  private final ConcurrentLinkedDeque<Integer> closedQueue = new ConcurrentLinkedDeque<>();
  private final StressStart start = new StressStart();

  public RefuseAgainstEndWeakened() {
    closedQueue.add(1);
  }

  @Actor
  public void receiver() {
    start.together();
    Integer held = closedQueue.pollFirst();
    if (held != null) {
      closedQueue.addFirst(held);
    }
  }

  @Actor
  public void taker(I_Result r) {
    start.together();
    r.r1 = closedQueue.peekFirst() == null ? -1 : 1;
  }
}
