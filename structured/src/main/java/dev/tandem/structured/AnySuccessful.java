package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// See [TaskScope.Joiner#anySuccessfulOrThrow(Function)].
final class AnySuccessful<T extends @Nullable Object, X extends Throwable>
    extends ThrowingJoiner<T, T, X> {
  private final AtomicReference<@Nullable Subtask<T>> winner = new AtomicReference<>();

  AnySuccessful(Function<Throwable, X> esf) {
    super(esf);
  }

  @Override
  public boolean onComplete(Subtask<T> s) {
    return s.state() == Subtask.State.SUCCESS && winner.compareAndSet(null, s);
  }

  @Override
  public T result() throws X {
    Subtask<T> first = winner.get();
    if (first != null) {
      return first.get();
    }
    throwFirstFailure();
    if (scope().isCancelled()) {
      throw scope().cancelled(scope().toString());
    }
    throw wrapped(new NoSuchElementException(scope() + ": no subtask was forked"));
  }

  @Override
  public T timeout() throws X {
    Subtask<T> first = winner.get();
    return first != null ? first.get() : super.timeout();
  }
}
