package dev.tandem.pools.internal;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableConsumer;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.Settled;
import org.jspecify.annotations.Nullable;

/// What a map does to each input, and what a failure means to it.
///
/// @param <I> the type of the inputs
/// @param <R> the type of what the consumer gets
interface MapFunction<I, R extends @Nullable Object> {
  R apply(I input) throws Exception;

  /// {@return the result that stands for the failure, or null if the failure ends the map}
  default @Nullable R recover(I input, Throwable failure) {
    return null;
  }

  default boolean isFailure(R result) {
    return false;
  }

  static <I, O extends @Nullable Object> MapFunction<I, O> plain(
      SerializableFunction<? super I, ? extends O> fn) {
    return fn::apply;
  }

  static <I> MapFunction<I, @Nullable Void> acting(SerializableConsumer<? super I> action) {
    return input -> {
      action.accept(input);
      return null;
    };
  }

  static <I, O extends @Nullable Object> MapFunction<I, Settled<I, O>> settling(
      SerializableFunction<? super I, ? extends O> fn) {
    return new MapFunction<>() {
      @Override
      public Settled<I, O> apply(I input) throws Exception {
        return new Settled<>(input, new Outcome.Success<>(fn.apply(input)));
      }

      @Override
      public Settled<I, O> recover(I input, Throwable failure) {
        return new Settled<>(input, new Outcome.Failure<>(failure));
      }

      @Override
      public boolean isFailure(Settled<I, O> result) {
        return result.outcome() instanceof Outcome.Failure;
      }
    };
  }
}
