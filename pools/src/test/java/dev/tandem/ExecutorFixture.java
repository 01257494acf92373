package dev.tandem;

import static java.util.function.UnaryOperator.identity;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Condition;

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
    THREAD_FACTORY,
    /// A body runs in the JVM of the test: it works on the objects of the test, not on copies, sees
    /// the test's threads and static fields, and is stopped by an interrupt that it may ignore.
    SAME_JVM
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

  /// {@return a timeout that leaves a body time to start, and no more}
  default Duration timeout() {
    return Duration.ofMillis(80);
  }

  /// {@return a timeout that a body keeps that does nothing, also on a busy machine}
  default Duration brief() {
    return Duration.ofMillis(500);
  }

  /// {@return whether an exception is the one that a body has thrown} It is the same object, or a
  /// copy where the body ran in another JVM.
  default Condition<Throwable> theOne(Throwable thrown) {
    boolean same = lacks(Need.SAME_JVM).isEmpty();
    return new Condition<>(
        e ->
            same
                ? e == thrown
                : e.getClass() == thrown.getClass()
                    && Objects.equals(e.getMessage(), thrown.getMessage()),
        "%s %s",
        same ? "the very" : "a copy of",
        thrown);
  }

  /// Skips the running test, with the reason, if this executor lacks what the test needs.
  default void needs(Need... needs) {
    for (Need need : needs) {
      assumeTrue(lacks(need).isEmpty(), () -> need + ": " + lacks(need));
    }
  }
}
