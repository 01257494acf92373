package dev.tandem.queues;

import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Parker.Side;
import dev.tandem.queues.internal.StackProbe;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import java.util.concurrent.atomic.AtomicLong;

/// The count of elements that are done, and the threads that wait until all are.
final class DoneCount {
  /* Accepted elements are not counted here: the channel knows how many it accepted, so a put pays
   * nothing for this. All elements are done iff `done` has reached `puts`. Reading `done` first is
   * enough: both only grow, so if `puts`, read later, is not above it, then it was not above it when
   * `done` was read. (In one shape an element can be taken an instant before `puts` counts it, so
   * `done` may be ahead for that long; that put has not returned then.)
   *
   * No wake-up is lost: a waiter adds itself to the list and reads `done` after that; a consumer
   * raises `done` and reads the list after that. All four are volatile, so one of the two sees the
   * other. A waker wakes one waiter after the other, so one that leaves cannot use up another's
   * wake-up, and looks each time whether all is still done: else a waiter that found a new element,
   * and waits again, would be woken again and again, and the waker would come to no end. Whom it
   * leaves asleep then is woken by the consumer of that element. */

  private final AbstractChannel<?> channel;
  private final AtomicLong done = new AtomicLong();
  final WaitList waiting;

  DoneCount(AbstractChannel<?> channel) {
    this.channel = channel;
    this.waiting = new WaitList(channel);
  }

  /// Counts one element that was taken.
  void one() {
    if (!waiting.isEmpty()) {
      StackProbe.check();
    }
    long before;
    do {
      before = done.get();
      if (before >= channel.takes()) {
        throw new IllegalStateException(
            "taskDone() was called more often than elements were taken from channel '%s', which is %s times"
                .formatted(channel.name(), before));
      }
    } while (!done.compareAndSet(before, before + 1));
    wake();
  }

  /// Counts elements that were handed back by a close.
  void handedBack(int count) {
    done.addAndGet(count);
    wake();
  }

  /// Wakes all waiters if they can go on.
  void wake() {
    Waiter waiter;
    while (!waiting.isEmpty() && (all() || failed()) && (waiter = waiting.peek()) != null) {
      waiter.signalAgain();
      waiting.remove(waiter);
    }
  }

  private boolean all() {
    return done.get() >= channel.puts();
  }

  /// Returns whether the channel is closed with a cause: then no consumer may be left.
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
          waiter.parker().park(channel, Side.DONE, deadline);
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
