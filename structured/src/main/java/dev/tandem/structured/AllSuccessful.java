package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The joiner of [TaskScope.Joiner#allSuccessfulOrThrow(Function)].
final class AllSuccessful<T extends @Nullable Object, X extends Throwable>
    extends ThrowingJoiner<T, List<T>, X> {
  private final ForkOrder<T> subtasks = new ForkOrder<>();

  AllSuccessful(Function<Throwable, X> esf) {
    super(esf);
  }

  @Override
  public boolean onFork(Subtask<T> s) {
    checkForked(s);
    subtasks.add(s);
    return false;
  }

  @Override
  public boolean onComplete(Subtask<T> s) {
    return hasFailed(s);
  }

  @Override
  public List<T> result() throws X {
    throwFirstFailure();
    throwIfCutOff();
    return subtasks.map(Subtask::get);
  }
}
