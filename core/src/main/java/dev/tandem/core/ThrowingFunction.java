package dev.tandem.core;

import org.jspecify.annotations.Nullable;

/// A function that may throw a checked exception. It stays in this JVM; [SerializableFunction] is
/// for functions that may be sent.
///
/// @param <I> the type of the input
/// @param <O> the type of the result; a result may be null
@FunctionalInterface
public interface ThrowingFunction<I, O extends @Nullable Object> {
  /// Applies this function.
  ///
  /// @param input the input
  /// @return the result
  /// @throws Exception whatever the function throws
  O apply(I input) throws Exception;
}
