package dev.tandem.pools.internal.executor;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableConsumer;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.Settled;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// What a map does to each input, and what a failure means to it.
///
/// @param <I> the type of the inputs
/// @param <R> the type of what the consumer gets
public interface MapFunction<I, R extends @Nullable Object> {
  R apply(I input) throws Exception;

  /// {@return what a worker process applies to each input instead of all this}
  Serializable sent();

  /// {@return the consumer's result for what [#sent()] has returned}
  R received(I input, @Nullable Object value);

  /// {@return the result that stands for the failure, or null if the failure ends the map}
  default @Nullable R recover(I input, Throwable failure) {
    return null;
  }

  /// {@return whether no failure ends the map}
  default boolean settles() {
    return false;
  }

  default boolean isFailure(R result) {
    return false;
  }

  static <I, O extends @Nullable Object> MapFunction<I, O> plain(
      SerializableFunction<? super I, ? extends O> fn) {
    return new MapFunction<>() {
      @Override
      public O apply(I input) throws Exception {
        return fn.apply(input);
      }

      @Override
      public Serializable sent() {
        return fn;
      }

      @Override
      @SuppressWarnings({"unchecked", "NullAway"}) // it is what fn has returned
      public O received(I input, @Nullable Object value) {
        return (O) value;
      }
    };
  }

  static <I> MapFunction<I, @Nullable Void> acting(SerializableConsumer<? super I> action) {
    return new MapFunction<>() {
      @Override
      public @Nullable Void apply(I input) throws Exception {
        action.accept(input);
        return null;
      }

      @Override
      public Serializable sent() {
        return action;
      }

      @Override
      public @Nullable Void received(I input, @Nullable Object value) {
        return null;
      }
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
      public Serializable sent() {
        return fn;
      }

      @Override
      @SuppressWarnings({"unchecked", "NullAway"}) // it is what fn has returned
      public Settled<I, O> received(I input, @Nullable Object value) {
        return new Settled<>(input, new Outcome.Success<>((O) value));
      }

      @Override
      public boolean settles() {
        return true;
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
