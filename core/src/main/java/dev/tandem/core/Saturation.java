package dev.tandem.core;

/// What submitting does when an executor's bounded queue is full.
///
/// @see ExecutorConfig#withQueue(int, Saturation)
public enum Saturation {
  /// The submitting thread waits for room. An interrupt ends the wait with a
  /// [java.util.concurrent.RejectedExecutionException] and leaves the interrupt flag set; so does a
  /// shutdown, without the flag. A thread that is itself inside a task of the same executor, its
  /// listeners and direct callbacks included, is refused at once, because waiting there could wait
  /// for ever.
  BLOCK,

  /// The submitting thread gets a [java.util.concurrent.RejectedExecutionException] at once.
  REJECT
}
