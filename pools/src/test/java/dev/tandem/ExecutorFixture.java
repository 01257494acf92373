package dev.tandem;

import static java.util.function.UnaryOperator.identity;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.function.UnaryOperator;

/// What a contract needs to know of the executor it is run over. Whatever a fixture creates is
/// closed after the test by the fixture itself.
interface ExecutorFixture {
  /// What some executor cannot do by its nature, so that a test that needs it makes no sense there.
  enum Need {
    /// Submitting returns while the body runs, and at least two bodies run at once.
    BACKGROUND,
    /// There is a queue of tasks that have not started: [#createSingle(UnaryOperator)] works.
    QUEUE,
    /// Threads come from the factory of the configuration.
    THREAD_FACTORY
  }

  /// {@return an executor in which at least two tasks run at once, unless it runs them in the
  /// caller}
  default TaskExecutor create() {
    return create(identity());
  }

  /// {@return the same with a changed configuration}
  ///
  /// @param cf must set neither the queue nor the concurrency, which the fixture may have set
  TaskExecutor create(UnaryOperator<ThreadConfig> cf);

  /// {@return an executor that runs one task at a time and queues the others} Skips the test if
  /// there is no [Need#QUEUE].
  default TaskExecutor createSingle() {
    return createSingle(identity());
  }

  /// {@return the same with a changed configuration}
  ///
  /// @param cf may set the queue, not the concurrency
  TaskExecutor createSingle(UnaryOperator<ThreadConfig> cf);

  /// {@return whether submitting runs the body in the calling thread}
  default boolean runsInCaller() {
    return false;
  }

  /// {@return why this executor cannot do what a test needs, or an empty string if it can}
  default String lacks(Need need) {
    return "";
  }

  /// Skips the running test, with the reason, if this executor lacks what the test needs.
  default void needs(Need... needs) {
    for (Need need : needs) {
      assumeTrue(lacks(need).isEmpty(), () -> need + ": " + lacks(need));
    }
  }
}
