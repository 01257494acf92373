package dev.tandem.comparison;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// The scopes of one library, used as its documentation shows. What it does not have it says with
/// an [UnsupportedOperationException].
interface Library {
  String name();

  /// Runs all, and fails when one fails.
  void all(List<Callable<Integer>> tasks) throws Exception;

  /// Runs all, and returns what the first success returns.
  Integer any(List<Callable<Integer>> tasks) throws Exception;

  Integer withTimeout(Duration timeout, Callable<Integer> task) throws Exception;

  /// Runs all, at most `limit` at a time.
  List<Integer> limited(int limit, List<Callable<Integer>> tasks) throws Exception;

  /// Forks, then leaves the scope without waiting.
  void leave(Callable<Integer> task) throws Exception;

  /// Forks, then throws out of the scope without waiting.
  void leaveThrowing(Callable<Integer> task, RuntimeException exception) throws Exception;

  /// Forks a task that forks another one in the same scope.
  void forkInFork(Callable<Integer> inner) throws Exception;

  /// Forks one task that fails, and one that forks another one once it is told to stop.
  void forkWhileCancelled(Callable<Integer> failing, Callable<Integer> late) throws Exception;

  /// Forks with a thread factory that has no thread.
  void forkWithoutThread() throws Exception;

  /// Forks with a completion callback that throws.
  void throwingCallback(RuntimeException exception) throws Exception;

  /// Closes a scope twice, if a scope is an object to be closed.
  void closeTwice() throws Exception;

  /// Closes a scope on another thread, then on its own.
  void closeByStranger() throws Exception;

  /// Opens a scope inside another one, and closes the outer one first.
  void closeOutOfOrder() throws Exception;

  /// Forks in a scope with a timeout, waits elsewhere until long after it, then joins.
  Integer joinLate(Duration timeout, Callable<Integer> task, Duration elsewhere) throws Exception;
}
