package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes an element in a select.
final class TakeClause<E, R> extends ChannelClause<R> {
  private final AbstractChannel<E> channel;
  private final Function<? super E, ? extends R> then;

  TakeClause(AbstractChannel<E> channel, Function<? super E, ? extends R> then) {
    this.channel = channel;
    this.then = then;
  }

  @Override
  AbstractChannel<E> channel() {
    return channel;
  }

  @Override
  @Nullable Object attempt() {
    channel.checkConsumer();
    Object result = channel.tryTake();
    return result == AbstractChannel.END && channel.cause() == null ? DROPPED : checked(result);
  }

  private @Nullable Object checked(@Nullable Object result) {
    return result == null ? null : channel.element(result);
  }

  @Override
  R finish(Object outcome) {
    return then.apply(channel.element(outcome));
  }

  @Override
  Waiter newWaiter(Parker parker) {
    return new Waiter(parker, true);
  }

  @Override
  boolean join(Waiter waiter) {
    return channel.joinTake(waiter);
  }

  @Override
  void leave(Waiter waiter) {
    channel.leaveTake(waiter);
  }

  @Override
  @Nullable Object handedOver(Waiter waiter) {
    return waiter.item();
  }
}
