package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A joiner that throws the first failure, in a wrapper.
abstract class ThrowingJoiner<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends OwnJoiner<T, R, X> {
  private final Function<Throwable, X> esf;

  ThrowingJoiner(Function<Throwable, X> esf) {
    this.esf = requireNonNull(esf, "esf");
  }

  @Override
  final boolean keepsFailures() {
    return true;
  }

  /// What to throw for a failure.
  final X wrapped(Throwable failure) {
    return requireNonNull(esf.apply(failure), "esf returned null (expected: an exception)");
  }

  final void throwFirstFailure() throws X {
    Throwable first = scope().firstFailure();
    if (first != null) {
      throw wrapped(first);
    }
  }

  @Override
  public R timeout() throws X {
    ScopeNode scope = scope();
    throw wrapped(new CancelledByTimeoutException(scope.timeoutMessage()));
  }
}
