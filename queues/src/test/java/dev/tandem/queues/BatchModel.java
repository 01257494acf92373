package dev.tandem.queues;

import dev.tandem.testing.LincheckRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// Batches beside single steps: every accepted element comes out once, and each taker sees those of
/// a putter in their order.
@Param(name = "thread", gen = ThreadIdGen.class)
public abstract class BatchModel {
  private static final int THREADS = 5;
  private static final int NUMBERS = 100;

  private final AbstractChannel<Integer> channel;
  private final int[] puts = new int[THREADS];
  private final List<List<Integer>> taken = new ArrayList<>(); // by each thread

  private final List<Integer> removed = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean refused;

  BatchModel(AbstractChannel<Integer> channel) {
    this.channel = channel;
    for (int i = 0; i < THREADS; i++) {
      taken.add(new ArrayList<>());
    }
  }

  @Operation
  public void putThree(@Param(name = "thread") int thread) {
    int first = thread * NUMBERS + puts[thread];
    int put = channel.tryPutAll(new Object[] {-1, first, first + 1, first + 2}, 1);
    LincheckRun.check("no more than there is room", put <= Math.min(3, channel.capacity()));
    puts[thread] += Math.max(0, put);
  }

  @Operation
  public void putOne(@Param(name = "thread") int thread) {
    if (channel.tryPut(thread * NUMBERS + puts[thread]) == AbstractChannel.PUT) {
      puts[thread]++;
    }
  }

  @Operation
  public void takeTwo(@Param(name = "thread") int thread) {
    Object[] buffer = new Object[2];
    int count = channel.tryTakeAll(buffer, 2);
    for (int i = 0; i < count; i++) {
      taken.get(thread).add((Integer) buffer[i]);
    }
  }

  @Operation
  public void takeOne(@Param(name = "thread") int thread) {
    Object element = channel.tryTake();
    if (element instanceof Integer i) {
      taken.get(thread).add(i);
    }
  }

  /// A receiver accepts the first of two and refuses the other.
  @Operation
  public void takeOneOfTwo(@Param(name = "thread") int thread) {
    HeldBatch batch = new HeldBatch(2);
    channel.interior().hold(batch);
    if (batch.count > 0) {
      refused = true;
      taken.get(thread).add((Integer) batch.elements[0]);
      batch.pass();
    }
    channel.interior().settle(batch);
  }

  /// Removes from the middle, if the thread has put enough.
  @Operation
  public void remove(@Param(name = "thread") int thread) {
    Integer element = thread * NUMBERS + puts[thread] - 2;
    if (puts[thread] > 1 && channel.interior().search(element, true)) {
      removed.add(element);
    }
  }

  @Operation
  public void close() {
    channel.setClosed();
    channel.wakeAll();
  }

  @Validate
  public void nothingIsLostDoubledOrOutOfOrder() {
    close();
    List<Integer> rest = new ArrayList<>();
    channel.takeRest(rest);
    taken.add(rest);
    LincheckRun.check("no more than there is room", rest.size() <= channel.capacity());
    LincheckRun.check("drained", channel.isDrained());
    boolean[] seen = new boolean[THREADS * NUMBERS];
    for (List<Integer> some : taken) {
      int[] last = new int[THREADS];
      for (int element : some) {
        int thread = element / NUMBERS;
        LincheckRun.check("was put", element % NUMBERS < puts[thread]);
        LincheckRun.check("once", !seen[element]);
        // What one taker was refused comes after what another one took meanwhile.
        LincheckRun.check("in order", refused || element % NUMBERS >= last[thread]);
        seen[element] = true;
        last[thread] = element % NUMBERS;
      }
    }
    for (int element : removed) {
      LincheckRun.check("removed once", !seen[element]);
      seen[element] = true;
    }
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < puts[thread]; i++) {
        LincheckRun.check("came out", seen[thread * NUMBERS + i]);
      }
    }
  }
}
