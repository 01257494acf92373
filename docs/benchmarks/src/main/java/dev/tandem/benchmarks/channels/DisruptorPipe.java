package dev.tandem.benchmarks.channels;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import org.jspecify.annotations.Nullable;

/// LMAX Disruptor with any number of producers and one consumer that parks. It does what
/// Disruptor's own event processor does: the room of a batch is given back when all of it has been
/// read. A producer without room parks for a nanosecond at a time, as Disruptor has it.
final class DisruptorPipe implements Pipe {
  private static final class Slot {
    @Nullable Integer value;
  }

  private final RingBuffer<Slot> ring;
  private final SequenceBarrier barrier;
  private final Sequence read = new Sequence();
  private long next;
  private long available = -1;

  DisruptorPipe(int capacity) {
    ring = RingBuffer.createMultiProducer(Slot::new, capacity, new BlockingWaitStrategy());
    barrier = ring.newBarrier();
    ring.addGatingSequences(read);
  }

  @Override
  public void put(Integer element) {
    long sequence = ring.next();
    ring.get(sequence).value = element;
    ring.publish(sequence);
  }

  @Override
  public Integer take() throws InterruptedException {
    if (next > available) {
      read.set(next - 1);
      available = waitFor(next);
    }
    return ring.get(next++).value;
  }

  private long waitFor(long sequence) throws InterruptedException {
    try {
      long found;
      do {
        found = barrier.waitFor(sequence);
      } while (found < sequence);
      return found;
    } catch (AlertException | TimeoutException e) {
      throw new IllegalStateException("this barrier is never alerted", e);
    }
  }
}
