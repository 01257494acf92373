package dev.tandem.core;

import java.io.Serializable;

/// An action on one input that may throw and that can be sent to another process.
///
/// @param <I> the type of the input
@FunctionalInterface
public interface SerializableConsumer<I> extends Serializable {
  /// Performs this action.
  ///
  /// @param input the input
  /// @throws Exception whatever the action throws
  void accept(I input) throws Exception;
}
