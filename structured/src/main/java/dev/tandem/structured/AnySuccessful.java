package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The joiner of [TaskScope.Joiner#anySuccessfulOrThrow(Function)].
final class AnySuccessful<T extends @Nullable Object, X extends Throwable>
    extends ThrowingJoiner<T, T, X> {
  private final AtomicReference<@Nullable Subtask<T>> winner = new AtomicReference<>();

  AnySuccessful(Function<Throwable, X> esf) {
    super(esf);
  }

  @Override
  public boolean onComplete(Subtask<T> s) {
    return !hasFailed(s) && winner.compareAndSet(null, s);
  }

  /// The first subtask that succeeded; null if none has. After a cancellation that subtask may not
  /// have called the joiner yet, so the scope is searched, too.
  @SuppressWarnings("unchecked") // the subtasks of this joiner's scope
  private @Nullable Subtask<T> winner() {
    Subtask<T> told = winner.get();
    ScopeNode own = served();
    if (told != null || own == null || !own.isCancelled()) {
      return told;
    }
    return (Subtask<T>) own.children.oldestIn(Child.SUCCESS);
  }

  @Override
  public T result() throws X {
    Subtask<T> first = winner();
    if (first != null) {
      return first.get();
    }
    throwFirstFailure();
    ScopeNode scope = scope();
    if (scope != null && scope.isCancelled()) {
      throw cancelled(scope);
    }
    String where = scope == null ? "" : scope + ": ";
    throw wrapped(new NoSuchElementException(where + "no subtask was forked"), false);
  }

  @Override
  public T timeout() throws X {
    Subtask<T> first = winner();
    return first != null ? first.get() : super.timeout();
  }
}
