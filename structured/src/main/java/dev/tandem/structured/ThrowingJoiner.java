package dev.tandem.structured;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.Wrappers;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A joiner that throws the first failure, in a wrapper.
abstract class ThrowingJoiner<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends OwnJoiner<T, R, X> {
  private final Function<Throwable, X> esf;

  /// The first failure that the callbacks were told of, if a user's joiner wraps this one.
  private volatile @Nullable Throwable first;

  ThrowingJoiner(Function<Throwable, X> esf) {
    this.esf = notNull(esf, "esf");
  }

  @Override
  final boolean keepsFailures() {
    return true;
  }

  /// {@return whether a completed subtask has failed} Records its failure.
  final boolean hasFailed(Subtask<T> s) {
    if (checkCompleted(s) != Subtask.State.FAILED) {
      return false;
    }
    if (served() == null && s instanceof Child<T> child) {
      Throwable failure = child.exception();
      child.scope.failures.add(failure, false);
      synchronized (this) {
        first = first == null ? failure : first;
      }
    }
    return true;
  }

  final void throwFirstFailure() throws X {
    ScopeNode own = served();
    Throwable failure = own == null ? first : own.firstFailure();
    if (failure != null) {
      throw wrapped(failure, false);
    }
  }

  /// Throws a [CancellationException] if subtasks were cut off for another reason than that the
  /// joiner had seen enough.
  final void throwIfCutOff() {
    ScopeNode scope = scope();
    if (scope != null
        && scope.isCancelled()
        && scope.cancellation().kind() != CancelReason.Kind.ENOUGH
        && scope.state.hasCutOff()) {
      throw cancelled(scope);
    }
  }

  static CancellationException cancelled(ScopeNode scope) {
    CancellationException e = scope.cancelled(scope.toString());
    scope.made(e, true);
    return e;
  }

  /// Makes the exception of `join` from a failure.
  ///
  /// @param cancelled whether the failure reports a cancellation
  final X wrapped(Throwable failure, boolean cancelled) {
    X e = esf.apply(failure);
    ScopeNode scope = scope();
    if (e == null) {
      var none = new NullPointerException("esf returned null (expected: an exception)");
      if (scope != null) {
        scope.made(none, false);
      }
      throw none;
    }
    if (scope != null) {
      if (isMadeFor(failure, e)) {
        scope.made(e, cancelled);
      } else if (cancelled) {
        scope.madeElsewhere(e);
      }
    }
    return e;
  }

  /// Whether `esf` has made the exception for this failure alone. Otherwise it may be shared: a
  /// constant that all scopes throw would collect the failures of all of them, for ever.
  private static boolean isMadeFor(Throwable failure, Throwable e) {
    return e != failure
        && e.getSuppressed().length == 0
        && (Causes.of(e) == Wrappers.unwrapped(failure) || Causes.chain(e).contains(failure));
  }

  @Override
  public R timeout() throws X {
    ScopeNode scope = scope();
    String message = scope == null ? "the timeout had passed" : scope.timeoutMessage();
    throw wrapped(new CancelledByTimeoutException(message), true);
  }
}
