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

  /// The first that succeeded. After a cancellation it may not have told us yet.
  @SuppressWarnings("unchecked") // the subtasks of our scope
  private @Nullable Subtask<T> winner() {
    Subtask<T> told = winner.get();
    if (told != null || !scope().isCancelled()) {
      return told;
    }
    return (Subtask<T>) scope().children.oldestIn(Child.SUCCESS);
  }

  @Override
  public T result() throws X {
    Subtask<T> first = winner();
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
    Subtask<T> first = winner();
    return first != null ? first.get() : super.timeout();
  }
}
