package dev.tandem.queues;

import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.StackProbe;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the elements that are done with and keeps those who wait for all of them.
final class DoneCount {
  /* What is to be done is not counted here: a channel knows how many elements it accepted, so
   * putting pays nothing for this. Everything is done iff done has reached puts. Reading
   * done first is enough: both only grow, so if puts, read later, is not above it, then it was not
   * above it when done was read. (In one shape an element can be taken an instant before puts counts
   * it, so done may be ahead for that long; that put has not returned then.)
   *
   * No lost wake-up: who waits adds itself to the list and reads done after that; who is done
   * raises the count and reads the list after that. All four are volatile, so one of the two sees
   * the other. A waker wakes all that wait, so one that leaves cannot use up another's wake-up. */

  private final AbstractChannel<?> channel;
  private final AtomicLong done = new AtomicLong();
  private final WaitList waiting = new WaitList();

  DoneCount(AbstractChannel<?> channel) {
    this.channel = channel;
  }

  /// One element that was taken is done with.
  void one() {
    if (!waiting.isEmpty()) {
      StackProbe.check();
    }
    long before;
    do {
      before = done.get();
      if (before >= channel.takes()) {
        throw new IllegalStateException(
            "taskDone() was called more often than elements were taken from channel '%s', which is %d times"
                .formatted(channel.name(), before));
      }
    } while (!done.compareAndSet(before, before + 1));
    wake();
  }

  /// So many elements were handed back.
  void handedBack(int count) {
    done.addAndGet(count);
    wake();
  }

  /// Wakes those who wait if they can go on.
  void wake() {
    if (!waiting.isEmpty() && (all() || failed())) {
      waiting.signalAll();
    }
  }

  private boolean all() {
    return done.get() >= channel.puts();
  }

  /// Whether the channel is closed with a cause, so that nobody may be left who is done.
  private boolean failed() {
    return channel.cause() != null && channel.isClosed();
  }

  boolean await(Deadline deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    while (!all()) {
      if (failed()) {
        throw channel.closed("not everything in it was done with");
      }
      if (deadline.isOver()) {
        return false;
      }
      Waiter waiter = new Waiter(new Parker(), true);
      waiting.add(waiter);
      try {
        if (!all() && !failed()) {
          waiter.parker().park(channel, deadline);
        }
      } finally {
        waiting.remove(waiter);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return true;
  }
}
