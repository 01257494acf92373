package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.jspecify.annotations.Nullable;

/// A put or a take that a select may choose. Immutable.
abstract sealed class ChannelClause<E, R> implements Select.Clause<R>
    permits PutClause, TakeClause {
  /// The result of [#attempt()] when this clause can never be done, which is no failure.
  static final Object DROPPED = new Object();

  final AbstractChannel<E> channel;

  ChannelClause(AbstractChannel<E> channel) {
    this.channel = channel;
  }

  /// Does the operation if it need not wait. Returns what [#finish(Object)] needs, null (not now)
  /// or DROPPED.
  abstract @Nullable Object attempt();

  /// Runs the user's function after the operation.
  abstract R finish(Object outcome);

  /// Creates a place in the channel's list for a select that is about to wait.
  abstract Waiter newWaiter(Parker parker);

  /// Joins the list; false if there is no need to wait.
  abstract boolean join(Waiter waiter);

  abstract void leave(Waiter waiter);

  /// Returns what [#finish(Object)] needs if a partner in a rendezvous did the operation while the
  /// select waited, or null if the wake-up was only a hint to try.
  abstract @Nullable Object handedOver(Waiter waiter);
}
