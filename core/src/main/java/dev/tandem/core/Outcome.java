package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The outcome of a task: a value, an exception or a cancellation. Made for `switch`:
///
/// {@snippet file="GuideSnippetsTest.java" region="outcome-switch"}
///
/// Outcomes are immutable and may be shared between threads.
///
/// @param <T> the type of the value; a value may be null
public sealed interface Outcome<T extends @Nullable Object> {
  /// The task returned.
  ///
  /// @param <T> the type of the value
  /// @param value what it returned; may be null
  record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /// The task threw, or was stopped at its timeout.
  ///
  /// @param <T> the type of the value that was expected
  /// @param exception what it threw, or the [TaskTimeoutException]
  record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {
    /// Creates the outcome.
    ///
    /// @throws NullPointerException if `exception` is null
    public Failure {
      notNull(exception, "exception");
    }
  }

  /// The task was cancelled.
  ///
  /// @param <T> the type of the value that was expected
  record Cancelled<T extends @Nullable Object>() implements Outcome<T> {}

  /// {@return the outcome of a completed future; does not wait} A failure counts as read.
  ///
  /// @param <T> the type of the value
  /// @param done a future that is done
  /// @throws NullPointerException if `done` is null
  /// @throws IllegalStateException if `done` is not done
  static <T extends @Nullable Object> Outcome<T> of(Future<T> done) {
    if (!notNull(done, "done").isDone()) {
      throw new IllegalStateException("done: expected a completed future, got " + done);
    }
    if (done.isCancelled()) {
      return new Cancelled<>();
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return new Success<>(done.get());
        } catch (ExecutionException e) {
          Throwable cause = e.getCause();
          return new Failure<>(cause == null ? e : cause);
        } catch (CancellationException e) {
          return new Cancelled<>();
        } catch (InterruptedException e) {
          interrupted = true; // get of a done future may still check the flag: call it again
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// {@return the value}
  ///
  /// @throws CompletionException with the task's exception as its cause, if the task failed
  /// @throws CancellationException if the task was cancelled
  default T orElseThrow() {
    return switch (this) {
      case Success<T>(var value) -> value;
      case Failure<T>(var exception) -> throw new CompletionException(exception);
      case Cancelled<T>() -> throw new CancellationException("the task was cancelled");
    };
  }

  /// {@return the value, or `other` if the task failed or was cancelled}
  ///
  /// @param other the replacement for a missing value; may be null
  default T orElse(T other) {
    return this instanceof Success<T>(var value) ? value : other;
  }
}
