package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The clause of a select that puts an element.
final class PutClause<E, R> extends ChannelClause<E, R> {
  private final E element;
  private final Consumer<? super E> over;
  private final Supplier<? extends R> then;

  /// @param over is given the element when a select is over, whether or not it was put
  PutClause(
      AbstractChannel<E> channel, E element, Consumer<? super E> over, Supplier<? extends R> then) {
    super(channel);
    this.element = element;
    this.over = over;
    this.then = then;
  }

  /// Takes note that the select is over.
  void over() {
    over.accept(element);
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
