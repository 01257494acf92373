package dev.tandem.core;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function that may throw and that can be sent to another process.
///
/// @param <I> the type of the input
/// @param <O> the type of the result; a result may be null
@FunctionalInterface
public interface SerializableFunction<I, O extends @Nullable Object> extends Serializable {
  /// Applies this function.
  ///
  /// @param input the input
  /// @return the result
  /// @throws Exception whatever the function throws
  O apply(I input) throws Exception;
}
