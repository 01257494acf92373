package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.jspecify.annotations.Nullable;

/// A put or a take that a select may choose. Has no state of its own.
abstract sealed class ChannelClause<R> implements Select.Clause<R> permits PutClause, TakeClause {
  /// The result of [#attempt()] when this clause can never be done, which is no failure.
  static final Object DROPPED = new Object();

  abstract AbstractChannel<?> channel();

  /// Does it if that needs no waiting: what [#finish(Object)] needs, null (not now) or DROPPED.
  abstract @Nullable Object attempt();

  abstract R finish(Object outcome);

  /// A place in the channel's list for a select that is about to wait.
  abstract Waiter newWaiter(Parker parker);

  /// Joins the list; false if there is no need to wait.
  abstract boolean join(Waiter waiter);

  abstract void leave(Waiter waiter);

  /// What [#finish(Object)] needs if a partner did it while the select waited in a rendezvous, or
  /// null if the wake-up was only a hint to try.
  abstract @Nullable Object handedOver(Waiter waiter);
}
