package dev.tandem.core;

import java.util.concurrent.CompletionException;

/// A body without a result that may throw a checked exception, so that `scope.fork(() ->
/// Files.delete(path))` compiles. It stays in this JVM; [SerializableRunnable] is for bodies that
/// may be sent.
///
/// It is a [Runnable] for the sake of overload resolution and of old code. Tandem calls
/// [#runChecked()], so a checked exception arrives as the body threw it.
@FunctionalInterface
public interface ThrowingRunnable extends Runnable {
  /// Runs the body.
  ///
  /// @throws Exception whatever the body throws
  void runChecked() throws Exception;

  /// Runs the body for a caller that knows only [Runnable]. Unchecked exceptions and errors pass as
  /// they are.
  ///
  /// @throws CompletionException with the body's checked exception as its cause; for an
  ///   [InterruptedException] the thread's interrupt flag is set again
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // run() does what runChecked() does
  default void run() {
    try {
      runChecked();
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
