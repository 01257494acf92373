package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The clause of a select that puts an element.
final class PutClause<E, R> extends ChannelClause<E, R> {
  private final E element;
  private final Supplier<? extends R> then;

  PutClause(AbstractChannel<E> channel, E element, Supplier<? extends R> then) {
    super(channel);
    this.element = element;
    this.then = then;
  }

  @Override
  @Nullable Object attempt() {
    channel.checkProducer();
    int result = channel.tryPut(element);
    if (result == AbstractChannel.CLOSED) {
      throw channel.closed("the element of a select was not put");
    }
    return result == AbstractChannel.PUT ? Boolean.TRUE : null;
  }

  @Override
  R finish(Object outcome) {
    return then.get();
  }

  @Override
  Waiter newWaiter(Parker parker) {
    Waiter waiter = new Waiter(parker, true);
    waiter.item(element);
    return waiter;
  }

  @Override
  boolean join(Waiter waiter) {
    return channel.joinPut(waiter);
  }

  @Override
  void leave(Waiter waiter) {
    channel.leavePut(waiter);
  }

  /// Only a rendezvous has a partner, and a closed one clears the item.
  @Override
  @Nullable Object handedOver(Waiter waiter) {
    return (channel.meetingLock() != null && waiter.item() != null) ? Boolean.TRUE : null;
  }
}
