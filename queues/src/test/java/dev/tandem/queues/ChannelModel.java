package dev.tandem.queues;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/// The steps of a channel that must be linearizable: each happens at one moment. Batches are not,
/// because how much fits depends on steps of others that are half done.
@Param(name = "thread", gen = ThreadIdGen.class)
public abstract class ChannelModel {
  private final AbstractChannel<Integer> channel;
  private final int[] puts = new int[5]; // of each thread

  ChannelModel(AbstractChannel<Integer> channel) {
    this.channel = channel;
  }

  /// No two elements are equal, and those of a thread get smaller.
  static int element(int thread, int number) {
    return 10 * thread + 9 - number;
  }

  @Operation
  public int put(@Param(name = "thread") int thread) {
    return channel.tryPut(element(thread, puts[thread]++));
  }

  @Operation
  public String take() {
    Object taken = channel.tryTake();
    return taken == AbstractChannel.END ? "end" : String.valueOf(taken);
  }

  @Operation
  public void close() {
    channel.setClosed();
    channel.wakeAll();
  }

  @Operation
  public boolean isDrained() {
    return channel.isDrained();
  }

  @Operation
  public int size() {
    return channel.size();
  }

  @Operation
  public String peek() {
    return String.valueOf(channel.interior().peek());
  }

  @Operation
  public boolean removeFirstOf(@Param(name = "thread") int thread) {
    return channel.asBlockingQueue().remove(element(thread, 0));
  }

  @Operation
  public boolean containsFirstOf(@Param(name = "thread") int thread) {
    return channel.asBlockingQueue().contains(element(thread, 0));
  }
}
