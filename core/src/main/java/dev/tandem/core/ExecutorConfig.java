package dev.tandem.core;

import java.time.Duration;

/// The configuration that all executors have in common. Immutable; each method returns a changed
/// copy, for use in a lambda: `cf -> cf.withName("net").withTimeout(Duration.ofSeconds(2))`.
///
/// Only Tandem implements it: later versions may add methods.
///
/// @param <C> the type of the configuration itself
public interface ExecutorConfig<C extends ExecutorConfig<C>> {
  /// {@return a copy with this name} The name appears in thread names, logs, dumps and errors.
  ///
  /// @param name the name; not blank
  /// @throws NullPointerException if `name` is null
  /// @throws IllegalArgumentException if `name` is blank
  C withName(String name);

  /// {@return a copy with a bounded queue} Without it the queue is unbounded: submitting never
  /// waits and is refused only after a shutdown.
  ///
  /// @param capacity the number of tasks that may wait to start, beside those that run; from 0 to
  ///   2<sup>29</sup>
  /// @param whenFull what submitting does when that many wait
  /// @throws NullPointerException if `whenFull` is null
  /// @throws IllegalArgumentException if `capacity` is out of range
  C withQueue(int capacity, Saturation whenFull);

  /// {@return a copy with a timeout for each task that has none of its own}
  ///
  /// @param timeout the timeout, counted from the start of the task; positive
  /// @throws NullPointerException if `timeout` is null
  /// @throws IllegalArgumentException if `timeout` is zero or negative
  /// @see Task#withTimeout(Duration)
  C withTimeout(Duration timeout);

  /// {@return a copy with this grace period} That is how long a task that was told to stop is
  /// waited for before it is reported as still running. 100 ms unless set.
  ///
  /// @param grace the grace period; zero or more
  /// @throws NullPointerException if `grace` is null
  /// @throws IllegalArgumentException if `grace` is negative
  C withGrace(Duration grace);

  /// {@return a copy whose `close()` is bounded} After this long, `close()` interrupts what still
  /// runs, waits for the grace period, logs the names of what did not stop and returns. Without it
  /// `close()` waits as long as [java.util.concurrent.ExecutorService#close()] does: until every
  /// task has ended.
  ///
  /// @param timeout how long to wait; zero or more
  /// @throws NullPointerException if `timeout` is null
  /// @throws IllegalArgumentException if `timeout` is negative
  C withCloseTimeout(Duration timeout);

  /// {@return a copy that carries this context to each task, beside what was set before, and inside
  /// of what the submitter [inherits][ContextPropagator]}
  ///
  /// @param propagators what to carry; the first is the outermost around the body
  /// @throws NullPointerException if `propagators` or one of them is null
  C withContext(ContextPropagator... propagators);

  /// {@return a copy that tells this listener, beside those set before}
  ///
  /// @param listener the listener
  /// @throws NullPointerException if `listener` is null
  C withListener(TaskListener listener);
}
