package dev.tandem.queues;

import java.util.concurrent.Callable;

/// The callables that run a user's body with one end of a channel, and close the channel as the
/// body ends.
final class BodyCalls {
  private BodyCalls() {}

  static <E> Callable<Void> producer(AbstractChannel<E> channel, ChannelBody<Sink<E>> body) {
    return () -> {
      try {
        body.run(channel);
      } catch (Throwable t) {
        channel.closeExceptionally(t);
        throw t;
      }
      channel.close();
      return null;
    };
  }

  static <E> Callable<Void> consumer(AbstractChannel<E> channel, ChannelBody<Source<E>> body) {
    return () -> {
      try {
        body.run(channel);
      } catch (Throwable t) {
        channel.consumerFailed(t);
        throw t;
      }
      return null;
    };
  }
}
