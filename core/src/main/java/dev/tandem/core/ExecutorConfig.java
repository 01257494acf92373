package dev.tandem.core;

import java.time.Duration;

/// What every executor can be configured with. Immutable; each method returns a changed copy, for
/// use in a lambda: `cf -> cf.withName("net").withTimeout(Duration.ofSeconds(2))`.
///
/// @param <C> the type of the configuration itself
public interface ExecutorConfig<C extends ExecutorConfig<C>> {
  /// {@return a copy with this name} The name appears in thread names, logs, dumps and errors.
  ///
  /// @param n the name; not blank
  C withName(String n);

  /// {@return a copy with a bounded queue} Without it the queue is unbounded: submitting never
  /// waits and is refused only after a shutdown.
  ///
  /// @param capacity how many tasks may wait to start, beside those that run; zero or more
  /// @param whenFull what submitting does when that many wait
  C withQueue(int capacity, Saturation whenFull);

  /// {@return a copy with a timeout for each task that has none of its own}
  ///
  /// @param d the timeout, counted from the start of the task; positive
  /// @see Task#withTimeout(Duration)
  C withTimeout(Duration d);

  /// {@return a copy with this grace period} That is how long a task that was told to stop is
  /// waited for before it is reported as still running. 100 ms unless set.
  ///
  /// @param d the grace period; zero or more
  C withGrace(Duration d);

  /// {@return a copy whose `close()` is bounded} After this long, `close()` interrupts what still
  /// runs, waits for the grace period, logs the names of what did not stop and returns. Without it
  /// `close()` waits as long as [java.util.concurrent.ExecutorService#close()] does: until every
  /// task has ended.
  ///
  /// @param d how long to wait; zero or more
  C withCloseTimeout(Duration d);

  /// {@return a copy that carries this context to each task, beside what was set before}
  ///
  /// @param c what to carry; the first is the outermost around the body
  C withContext(ContextPropagator... c);

  /// {@return a copy that tells this listener, beside those set before}
  ///
  /// @param l the listener
  C withListener(TaskListener l);
}
