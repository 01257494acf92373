package dev.tandem.queues;

import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Waiter;
import org.jspecify.annotations.Nullable;

/// What a shape of channel has to do by itself. All else is built on it, in [AbstractChannel].
abstract class ChannelSteps<E> implements Channel<E> {
  /// Results of a put step.
  static final int PUT = 1;

  static final int FULL = 0;
  static final int CLOSED = -1;

  /// The result of a take step at the end of the channel.
  static final Object END = new Object();

  /// How many elements a drain or putAll moves in one step: what it claims it holds up for others.
  static final int BATCH = 64;

  // ---- the steps of a shape: none of them waits

  /// Puts, if there is room, and wakes a taker if one waits.
  abstract int tryPut(E e);

  /// Puts as many of the elements from an index on as there is room for; how many, or CLOSED.
  abstract int tryPutAll(@Nullable Object[] elements, int from);

  /// Takes the next element and wakes a putter if that pays: the element, null or END.
  abstract @Nullable Object tryTake();

  /// Takes as many elements as there are and fit into the buffer; how many, or CLOSED at the end.
  abstract int tryTakeAll(@Nullable Object[] buffer, int max);

  /// Sets the closed bit; the first thing of a close.
  abstract void setClosed();

  /// Wakes everybody who waits; the second.
  abstract void wakeAll();

  // ---- what a shape does to wait

  /// Waits until the element is put (PUT), the channel is closed (CLOSED) or the time is over
  /// (FULL).
  abstract int awaitPut(E e, Deadline deadline) throws InterruptedException;

  /// Waits until there is an element or the end (END) or the time is over (null).
  abstract @Nullable Object awaitTake(Deadline deadline) throws InterruptedException;

  /// Lists a select that waits to put; false if it need not wait.
  abstract boolean joinPut(Waiter waiter);

  /// Lists a select that waits to take; false if it need not wait.
  abstract boolean joinTake(Waiter waiter);

  /// Leaves the list; who was claimed owes a wake-up.
  abstract void leavePut(Waiter waiter);

  /// Leaves the list; who was claimed owes a wake-up.
  abstract void leaveTake(Waiter waiter);

  /// How long a thread that waits here may be parked before it must look by itself.
  long longestPark(int round) {
    return Long.MAX_VALUE;
  }

  /// How many elements could be taken now.
  int atHand() {
    return size();
  }

  abstract long putParks();

  abstract long takeParks();

  // ---- what a shape knows

  abstract long puts();

  abstract long takes();

  /// What the queue view needs: the next element, still in the channel, or null.
  abstract @Nullable E peek();

  /// What the queue view needs: all elements of one moment, in the order of taking.
  abstract Snapshot snapshot();

  /// What the queue view needs: whether there is an element that equals this one, or one was
  /// removed. Never false if there is one at every moment of the call. Calls `equals` of the user's
  /// object while nothing is locked.
  abstract boolean search(Object o, boolean remove);

  /// What the queue view needs: removes what is there, and runs no code of the user's.
  abstract void discard();

  /// Fills a batch with the next elements, as many as there are and fit.
  abstract void hold(HeldBatch batch);

  /// Ends the hold of a batch: its first elements, up to [HeldBatch#next], were accepted; the
  /// others go back in their places.
  abstract void settle(HeldBatch batch);
}
