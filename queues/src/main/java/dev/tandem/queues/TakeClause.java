package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The clause of a select that takes an element.
final class TakeClause<E, R> extends ChannelClause<E, R> {
  private final Function<? super E, ? extends R> then;

  TakeClause(AbstractChannel<E> channel, Function<? super E, ? extends R> then) {
    super(channel);
    this.then = then;
  }

  @Override
  @Nullable Object attempt() {
    channel.checkConsumer();
    Object result = channel.tryTake();
    if (result == AbstractChannel.END && channel.cause() == null) {
      return DROPPED;
    }
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
