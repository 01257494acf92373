package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The joiner of [TaskScope.Joiner#awaitAllSuccessfulOrThrow(Function)].
final class AwaitAllSuccessful<T extends @Nullable Object, X extends Throwable>
    extends ThrowingJoiner<T, @Nullable Void, X> {
  AwaitAllSuccessful(Function<Throwable, X> esf) {
    super(esf);
  }

  @Override
  public boolean onComplete(Subtask<T> s) {
    return hasFailed(s);
  }

  @Override
  public @Nullable Void result() throws X {
    throwFirstFailure();
    throwIfCutOff();
    return null;
  }
}
