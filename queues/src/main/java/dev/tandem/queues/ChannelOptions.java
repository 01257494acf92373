package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The settings that a channel keeps; users change them through [Channel.Config].
record ChannelOptions<E>(
    String name,
    boolean singleProducer,
    boolean singleConsumer,
    boolean closeByProducer,
    boolean checks,
    @Nullable Consumer<? super E> undelivered)
    implements Channel.Config<E> {
  /// Read when a channel is made, so that a test can set it.
  private static final String CHECKS = "dev.tandem.queues.checks";

  /// The name of a channel that was given none.
  static final String NO_NAME = "channel";

  static <E> ChannelOptions<E> from(UnaryOperator<Channel.Config<E>> cf) {
    notNull(cf, "cf");
    ChannelOptions<E> defaults =
        new ChannelOptions<>(NO_NAME, false, false, false, Boolean.getBoolean(CHECKS), null);
    return switch (notNull(cf.apply(defaults), "the result of cf")) {
      case ChannelOptions<E> options -> options;
    };
  }

  @Override
  public ChannelOptions<E> withName(String name) {
    if (notNull(name, "name").isBlank()) {
      throw new IllegalArgumentException(
          "name: \"" + name + "\" (expected: a name that is not blank)");
    }
    return new ChannelOptions<>(
        name, singleProducer, singleConsumer, closeByProducer, checks, undelivered);
  }

  @Override
  public ChannelOptions<E> withSingleProducer() {
    return new ChannelOptions<>(name, true, singleConsumer, closeByProducer, checks, undelivered);
  }

  @Override
  public ChannelOptions<E> withSingleConsumer() {
    return new ChannelOptions<>(name, singleProducer, true, closeByProducer, checks, undelivered);
  }

  @Override
  public ChannelOptions<E> withCloseByProducer() {
    return new ChannelOptions<>(name, true, true, true, checks, undelivered);
  }

  @Override
  public ChannelOptions<E> withChecks() {
    return new ChannelOptions<>(
        name, singleProducer, singleConsumer, closeByProducer, true, undelivered);
  }

  @Override
  public ChannelOptions<E> withUndelivered(Consumer<? super E> action) {
    return new ChannelOptions<>(
        name, singleProducer, singleConsumer, closeByProducer, checks, notNull(action, "action"));
  }

  /// Returns the check for a single producer, or null if there is none.
  @Nullable ThreadOwner producer() {
    return checks && singleProducer ? new ThreadOwner(name, "producer") : null;
  }

  /// Returns the check for a single consumer, or null if there is none.
  @Nullable ThreadOwner consumer() {
    return checks && singleConsumer ? new ThreadOwner(name, "consumer") : null;
  }
}
