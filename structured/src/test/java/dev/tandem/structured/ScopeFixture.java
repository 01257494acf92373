package dev.tandem.structured;

import static java.util.function.UnaryOperator.identity;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.structured.TaskScope.Config;
import dev.tandem.structured.TaskScope.Joiner;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The properties of the scopes that a contract runs over.
interface ScopeFixture {
  /// {@return the kind of thread that runs the test, and owns the scopes that the test opens}
  Owner owner();

  /// {@return the configuration, changed to what decides where subtasks run}
  Config children(Config cf);

  /// {@return the number of subtasks that can run at once}
  int atOnce();

  /// Skips the running test if fewer than `bodies` subtasks can run at once.
  default void needsAtOnce(int bodies) {
    assumeTrue(atOnce() >= bodies, () -> "only %d children run at once".formatted(atOnce()));
  }

  default <T extends @Nullable Object> TaskScope<T, @Nullable Void, ExecutionException> open() {
    return open(identity());
  }

  default <T extends @Nullable Object> TaskScope<T, @Nullable Void, ExecutionException> open(
      UnaryOperator<Config> cf) {
    return TaskScope.open(base -> cf.apply(children(base)));
  }

  default <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      TaskScope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner) {
    return open(joiner, identity());
  }

  default <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      TaskScope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner, UnaryOperator<Config> cf) {
    return TaskScope.open(joiner, base -> cf.apply(children(base)));
  }
}
