package dev.tandem.structured;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/// [AddAgainstSweep] with a sweep that takes out the newest one, too, if it is over. FAILS, and is
/// meant to: what was added meanwhile is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t AddAgainstSweepWeakened"`
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "It is there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It is lost.")
@State
public class AddAgainstSweepWeakened {
  private record Node(Node older) {}

  private final Node alive = new Node(null);
  private final AtomicReference<Node> newest = new AtomicReference<>(new Node(alive));

  @Actor
  public void forker() {
    Node head;
    do {
      head = newest.get();
    } while (!newest.compareAndSet(head, new Node(head)));
  }

  @Actor
  public void sweeper() {
    Node over = newest.get();
    if (over.older() == alive) {
      newest.set(alive);
    }
  }

  @Arbiter
  public void arbiter(Z_Result r) {
    r.r1 = newest.get() != alive;
  }
}
