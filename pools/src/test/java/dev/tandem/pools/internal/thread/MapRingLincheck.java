package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.LincheckBase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// One consumer and two runners with the ring and the count of runners between them: each input is
/// worked on once and its result taken once, in order if the map is ordered, and none is stranded.
public abstract class MapRingLincheck extends LincheckBase {
  private static final int AHEAD = 2;
  private static final int MOST = 16;

  private final boolean ordered;
  private final MapRing ring;
  private final RunnerCount count;
  private final AtomicInteger queuedRunners = new AtomicInteger();
  private final AtomicIntegerArray worked = new AtomicIntegerArray(MOST);
  private final AtomicIntegerArray taken = new AtomicIntegerArray(MOST);
  private final AtomicInteger outOfOrder = new AtomicInteger();
  private int next; // the consumer's own
  private boolean closed; // no more inputs

  MapRingLincheck(boolean ordered, int runners) {
    this.ordered = ordered;
    this.ring = new MapRing(AHEAD, ordered);
    this.count = new RunnerCount(ring, runners);
    pull();
    pull();
  }

  @Operation(nonParallelGroup = "consumer")
  public void takeAndPull() {
    if (!ring.isEmpty() && ring.isHeadReady()) {
      int input = (Integer) ring.take();
      taken.incrementAndGet(input);
      if (ordered && input != next) {
        outOfOrder.incrementAndGet();
      }
      next++;
    }
    pull();
  }

  private void pull() {
    if (!closed && !ring.isFull()) {
      ring.put((int) ring.filled());
      if (count.tryAdd()) {
        queuedRunners.incrementAndGet();
      }
    }
  }

  /// A thread of the executor gets to a runner that waits in its queue.
  @Operation
  public void work() {
    if (queuedRunners.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
      return;
    }
    MapRing.Chunk chunk = new MapRing.Chunk(1);
    do {
      while (ring.claim(chunk)) {
        worked.incrementAndGet((Integer) chunk.inputs[0]);
        ring.deliver(chunk.first, chunk.inputs[0]);
      }
    } while (!count.retire());
  }

  @Override
  protected int threads() {
    return 3; // a consumer and two threads of the executor
  }

  @Override
  protected int operations() {
    return 2;
  }

  @Override
  protected boolean verifiedByInvariantsOnly() {
    return true; // a runner works while others look
  }

  @Validate
  public void nothingIsStrandedLostOrDoubled() {
    check("no input is stranded", !ring.hasUnclaimed() || queuedRunners.get() > 0);
    while (queuedRunners.get() > 0) {
      work();
    }
    closed = true;
    for (int i = 0; i <= AHEAD; i++) {
      takeAndPull();
    }
    check("every runner is counted out", count.isZero());
    check("every result is taken", ring.isEmpty());
    check("in order", outOfOrder.get() == 0);
    for (int i = 0; i < MOST; i++) {
      int once = i < ring.filled() ? 1 : 0;
      check("every input is worked on once", worked.get(i) == once);
      check("every result is taken once", taken.get(i) == once);
    }
  }
}
