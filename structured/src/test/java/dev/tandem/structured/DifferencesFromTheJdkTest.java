package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Every difference from the JDK's `StructuredTaskScope` (as of JDK 25, where it is a preview),
/// each with a test.
///
/// | | the JDK's | this one |
/// |---|---|---|
/// | [threads that may fork][#subtasksMayFork()] | the owner's | the owner's and the subtasks', also those of scopes further in |
/// | [`join` was interrupted][#joinAgainAfterAnInterrupt()] | the scope can only be closed | `join` again |
/// | [`fork` after that][#forkAfterAnInterruptedJoin()] | `IllegalStateException` | goes on |
/// | [`join` after the deadline][#lateJoinOfCompleteWorkSucceeds()] | a timeout, though all had completed | their results |
/// | [what a timeout is][#timeoutIsAnOrdinaryFailure()] | `TimeoutException` from `join`; the joiner is not asked | the joiner's `timeout()`: a failure, or what there is |
/// | [a failure][#failureIsTheCauseOfAnExecutionException()] | unchecked `FailedException` | checked `ExecutionException`, or what your function makes |
/// | [a callback throws][#callbackThatThrowsFailsTheScope()] | a stack trace of the subtask's thread; `join` goes on | the scope fails with it |
/// | [later failures][#laterFailuresAreSuppressed()] | dropped | suppressed in what `join` throws |
/// | [failures beside an interrupt][#failureIsSuppressedInTheInterrupt()] | dropped | suppressed in the `InterruptedException` |
/// | [left without `join`][#leavingWithoutJoinIsLogged()] | `close` throws, beside the block's exception | `close` logs a warning |
/// | [left after `cancel()`][#leavingAfterCancelIsSilent()] | there is no `cancel()` | silent |
/// | [a thread cannot start][#threadThatCannotStartIsAFailedSubtask()] | `fork` throws; others run on | a failed subtask |
/// | [`get()` of a cancelled subtask][#getOfACancelledSubtaskIsACancellation()] | `IllegalStateException` | `CancellationException`, which is one |
/// | [`get()` of a failed subtask][#getOfAFailedSubtaskTellsTheFailure()] | `IllegalStateException` | with the failure as its cause |
/// | [a joiner for two scopes][#joinerServesOneScope()] | not noticed | `IllegalArgumentException`, for the library's own |
/// | [what completes after the cancellation][#interruptedSubtaskThatReturnsIsCancelled()] | `UNAVAILABLE` | the same, and `outcome()` says `Cancelled` |
/// | [scopes closed in the wrong order][#closeOutOfOrder()] | `StructureViolationException` | all are closed, then `IllegalStateException` |
/// | [cancelling][#cancellingReachesTheWholeTree()] | interrupts the direct subtasks | also cancels scopes opened inside, at once |
/// | [deadlines of nested scopes][#nestedDeadlines()] | independent | the earlier one holds, unless `withoutOuterDeadline()` |
/// | [cancelled before it began][#bodyThatWasCancelledBeforeItBeganNeverRuns()] | the body runs, interrupted | never runs |
/// | [a deadline that has passed][#deadlineThatHasPassedStartsNothing()] | a timeout; what is forked may begin | a timeout; it never begins |
/// | [nothing forked at the deadline][#nothingForkedAtTheDeadlineIsAResult()] | a timeout | the result |
/// | [a handle in another thread before `join`][#handleCanBeReadBySiblings()] | the newest: `IllegalStateException` | what is there |
/// | [a configuration that is null][#configurationThatIsNullIsNamed()] | `NullPointerException` | `IllegalArgumentException` |
/// | [a blank name][#nameMustNotBeBlank()] | a name | `IllegalArgumentException` |
/// | [limits][#concurrencyCanBeLimited()] | none | `withConcurrency(n)` |
/// | [names][#threadsAreNamedAfterTheTree()] | of the thread factory | `scope/subtask-3`, of the tree |
/// | [`InheritableThreadLocal`s][#inheritableThreadLocalsAreNotInherited()] | inherited | not, unless your factory does |
/// | [`ScopedValue`s][#scopedValuesAreCarriedIfTheyAreNamed()] | inherited | those named by `withContext` |
class DifferencesFromTheJdkTest {
  private static final ScopedValue<String> VALUE = ScopedValue.newInstance();

  @Test
  void subtasksMayFork() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(() -> {
        scope.fork(() -> "by a subtask");
        return "by the owner";
      });
      assertThat(scope.join()).containsExactly("by the owner", "by a subtask");
    }
  }

  @Test
  void joinAgainAfterAnInterrupt() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = TaskScope.open()) {
      Subtask<String> subtask = scope.fork(body);
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(scope::join);
      body.release();
      scope.join();
      assertThat(subtask.get()).isEqualTo(HeldBody.RESULT);
    }
  }

  @Test
  void forkAfterAnInterruptedJoin() throws Exception {
    try (var scope = TaskScope.open()) {
      scope.fork(() -> "first");
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(scope::join);
      Subtask<String> second = scope.fork(() -> "second");
      scope.join();
      assertThat(second.get()).isEqualTo("second");
    }
  }

  @Test
  void lateJoinOfCompleteWorkSucceeds() throws Exception {
    Duration timeout = Duration.ofMillis(500);
    long opened = System.nanoTime();
    try (var scope = TaskScope.open(cf -> cf.withTimeout(timeout))) {
      Subtask<String> subtask = scope.fork(() -> "complete");
      HeldBody.awaitEndInTime(scope, subtask);
      await().until(() -> System.nanoTime() - opened > timeout.toNanos() + 50_000_000);
      scope.join();
      assertThat(subtask.get()).isEqualTo("complete");
    }
  }

  @Test
  void timeoutIsAnOrdinaryFailure() {
    try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(20)))) {
      scope.fork(new HeldBody());
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(scope::join)
          .withCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  @Test
  void failureIsTheCauseOfAnExecutionException() {
    IllegalStateException failure = new IllegalStateException("the body's own");
    try (var scope = TaskScope.open()) {
      scope.fork(() -> {
        throw failure;
      });
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(scope::join)
          .withCause(failure);
    }
  }

  @Test
  void callbackThatThrowsFailsTheScope() {
    IllegalStateException own = new IllegalStateException("the predicate's own");
    try (var scope =
        TaskScope.open(
            Joiner.<String>allUntil(_ -> {
              throw own;
            }))) {
      scope.fork(() -> "done");
      assertThatExceptionOfType(CompletionException.class).isThrownBy(scope::join).withCause(own);
    }
  }

  @Test
  void laterFailuresAreSuppressed() throws Exception {
    IllegalStateException later = new IllegalStateException("later");
    HeldBody body = HeldBody.answering(later);
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open()) {
            scope.fork(body);
            body.awaitStarted();
            scope.fork(() -> {
              throw new IllegalStateException("first");
            });
            scope.join();
          }
        });
    assertThat(thrown).hasMessageContaining("first");
    assertThat(thrown.getSuppressed()).containsExactly(later);
  }

  @Test
  void failureIsSuppressedInTheInterrupt() {
    IllegalStateException failure = new IllegalStateException("the body's own");
    try (var scope = TaskScope.open()) {
      HeldBody.awaitEnd(
          scope.fork(() -> {
            throw failure;
          }));
      Thread.currentThread().interrupt();
      Throwable thrown = catchThrowable(scope::join);
      assertThat(thrown).isInstanceOf(InterruptedException.class);
      assertThat(thrown.getSuppressed()).containsExactly(failure);
    }
  }

  @Test
  void leavingWithoutJoinIsLogged() {
    IllegalArgumentException own = new IllegalArgumentException("the block's own");
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      Throwable thrown =
          catchThrowable(() -> {
            try (var scope = TaskScope.open(cf -> cf.withName("left"))) {
              scope.fork(new HeldBody());
              throw own;
            }
          });
      assertThat(thrown).isSameAs(own);
      assertThat(own.getSuppressed()).isEmpty();
      assertThat(log.warnings("left")).hasSize(1);
    }
  }

  @Test
  void leavingAfterCancelIsSilent() {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = TaskScope.open(cf -> cf.withName("done"))) {
        scope.fork(new HeldBody());
        scope.cancel();
      }
      assertThat(log.warnings("done")).isEmpty();
    }
  }

  @Test
  void threadThatCannotStartIsAFailedSubtask() throws Exception {
    try (var scope = TaskScope.open(Joiner.allSettled(), cf -> cf.withThreadFactory(_ -> null))) {
      Subtask<String> subtask = scope.fork(() -> "never");
      scope.join();
      assertThat(subtask.exception()).isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void getOfACancelledSubtaskIsACancellation() {
    try (var scope = TaskScope.open()) {
      Subtask<String> subtask = scope.fork(new HeldBody());
      scope.cancel();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(subtask::get);
      assertThat(new CancellationException()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void getOfAFailedSubtaskTellsTheFailure() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    try (var scope = TaskScope.open(Joiner.allSettled())) {
      Subtask<String> subtask =
          scope.fork(() -> {
            throw failure;
          });
      scope.join();
      assertThatIllegalStateException().isThrownBy(subtask::get).withCause(failure);
    }
  }

  @Test
  void joinerServesOneScope() {
    Joiner<String, ?, ?> joiner = Joiner.allSuccessfulOrThrow();
    try (var _ = TaskScope.open(joiner)) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> TaskScope.open(joiner));
    }
  }

  @Test
  void interruptedSubtaskThatReturnsIsCancelled() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> subtask = scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.cancel();
      stubborn.release();
      assertThat(scope.join()).containsExactly(new Outcome.Cancelled<>());
      assertThat(subtask.state()).isEqualTo(Subtask.State.UNAVAILABLE);
    }
  }

  @Test
  void closeOutOfOrder() {
    var outer = TaskScope.open();
    try (var inner = TaskScope.open()) {
      HeldBody body = new HeldBody();
      Subtask<String> subtask = inner.fork(body);
      assertThatIllegalStateException().isThrownBy(outer::close);
      assertThat(body.hasStarted() && body.thread().isAlive()).isFalse();
      assertThat(subtask.outcome()).isEqualTo(new Outcome.Cancelled<>());
    }
  }

  @Test
  void cancellingReachesTheWholeTree() throws Exception {
    HeldBody deep = new HeldBody();
    HeldBody stubborn = HeldBody.stubborn();
    try (var outer = TaskScope.open()) {
      outer.fork(() -> {
        try (var inner = TaskScope.open()) {
          inner.fork(deep);
          stubborn.call(); // it does not even listen
        }
      });
      deep.awaitStarted();
      stubborn.awaitStarted();
      outer.cancel();
      deep.awaitInterrupted();
      stubborn.release();
    }
  }

  @Test
  void nestedDeadlines() {
    try (var _ = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(20)));
        var inner = TaskScope.open(cf -> cf.withTimeout(Duration.ofMinutes(1)))) {
      inner.fork(new HeldBody());
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(inner::join)
          .withCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  @Test
  void bodyThatWasCancelledBeforeItBeganNeverRuns() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    HeldBody beforeTheBody = HeldBody.stubborn();
    try (var scope =
        TaskScope.open(cf ->
            cf.withThreadFactory(r ->
                new Thread(() -> {
                  try {
                    beforeTheBody.call();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                  r.run();
                })))) {
      scope.fork(() -> ran.set(true));
      beforeTheBody.awaitStarted();
      scope.cancel();
      beforeTheBody.release();
    }
    assertThat(ran).isFalse();
  }

  @Test
  void concurrencyCanBeLimited() throws Exception {
    HeldBody first = new HeldBody();
    HeldBody second = new HeldBody();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(1))) {
      scope.fork(first);
      scope.fork(second);
      first.awaitStarted();
      assertThat(second.hasStarted()).isFalse();
      first.release();
      second.release();
      scope.join();
    }
  }

  @Test
  void threadsAreNamedAfterTheTree() throws Exception {
    AtomicReference<String> name = new AtomicReference<>();
    try (var scope = TaskScope.open(cf -> cf.withName("checkout"))) {
      scope.fork(() -> {});
      scope.fork(() -> {});
      scope.fork("price", () -> name.set(Thread.currentThread().getName()));
      scope.join();
    }
    assertThat(name).hasValue("checkout/price-3");
  }

  @Test
  void inheritableThreadLocalsAreNotInherited() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("the owner's");
    try (var scope = TaskScope.open()) {
      Subtask<String> subtask = scope.fork(local::get);
      scope.join();
      assertThat(subtask.get()).isNull();
    }
  }

  @Test
  void scopedValuesAreCarriedIfTheyAreNamed() throws Exception {
    ScopedValue.where(VALUE, "bound")
        .call(() -> {
          try (var scope = TaskScope.open()) {
            Subtask<Boolean> bound = scope.fork(VALUE::isBound);
            scope.join();
            assertThat(bound.get()).isFalse();
          }
          try (var scope =
              TaskScope.open(cf -> cf.withContext(ContextPropagator.scopedValue(() -> VALUE)))) {
            Subtask<String> value = scope.fork(VALUE::get);
            scope.join();
            assertThat(value.get()).isEqualTo("bound");
          }
          return null;
        });
  }

  @Test
  void deadlineThatHasPassedStartsNothing() {
    HeldBody never = new HeldBody();
    try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(-1)))) {
      scope.fork(never);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(scope::join)
          .withCauseInstanceOf(CancelledByTimeoutException.class);
    }
    assertThat(never.hasStarted()).isFalse();
  }

  @Test
  void nothingForkedAtTheDeadlineIsAResult() throws Exception {
    try (var scope =
        TaskScope.open(
            Joiner.<String>allSuccessfulOrThrow(), cf -> cf.withTimeout(Duration.ZERO))) {
      assertThat(scope.join()).isEmpty();
      assertThat(scope.isCancelled()).isFalse();
    }
  }

  @Test
  void handleCanBeReadBySiblings() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      Subtask<String> first = scope.fork(() -> "first");
      HeldBody.awaitEnd(first);
      scope.fork(() -> first.get() + " seen");
      assertThat(scope.join()).containsExactly("first", "first seen");
    }
  }

  @Test
  void configurationThatIsNullIsNamed() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TaskScope.open(_ -> null))
        .withMessageContaining("cf: returned null");
  }

  @Test
  void nameMustNotBeBlank() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TaskScope.open(cf -> cf.withName(" ")))
        .withMessageContaining("not blank");
  }
}
