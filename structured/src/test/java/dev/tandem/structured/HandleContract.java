package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.structured.TaskScope.Subtask.State;
import dev.tandem.testing.CapturedLog;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a handle says, and when it may be asked.
interface HandleContract extends ScopeFixture {
  @Test
  default void ownerMayNotReadAResultBeforeItHasJoined() throws Exception {
    try (var scope = open()) {
      Subtask<String> subtask = scope.fork(() -> "result");
      HeldBody.awaitEnd(subtask);
      String message = scope + ": result read by the owner before join";
      assertThatIllegalStateException().isThrownBy(subtask::get).withMessage(message);
      assertThatIllegalStateException().isThrownBy(subtask::exception).withMessage(message);
      assertThatIllegalStateException().isThrownBy(subtask::outcome).withMessage(message);
      assertThat(subtask.state()).isEqualTo(State.SUCCESS);
      scope.join();
      assertThat(subtask.get()).isEqualTo("result");
    }
  }

  @Test
  default void siblingMayReadAResultThatIsThere() throws Exception {
    try (var scope = open()) {
      Subtask<String> first = scope.fork(() -> "first");
      HeldBody.awaitEnd(first);
      Subtask<String> second = scope.fork(() -> "after the " + first.get());
      scope.join();
      assertThat(second.get()).isEqualTo("after the first");
    }
  }

  @Test
  default void subtaskThatHasNotCompletedIsUnavailable() throws Exception {
    HeldBody body = new HeldBody();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (var scope = open()) {
      Subtask<String> subtask = scope.fork(body);
      body.awaitStarted();
      assertThat(subtask.state()).isEqualTo(State.UNAVAILABLE);
      Thread other =
          Thread.ofPlatform()
              .start(
                  () -> thrown.set(org.assertj.core.api.Assertions.catchThrowable(subtask::get)));
      other.join();
      body.release();
      scope.join();
    }
    assertThat(thrown.get())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not completed");
  }

  @Test
  default void successSaysSo() throws Exception {
    try (var scope = open()) {
      Subtask<String> subtask = scope.fork(() -> "result");
      scope.join();
      assertThat(subtask.state()).isEqualTo(State.SUCCESS);
      assertThat(subtask.get()).isEqualTo("result");
      assertThat(subtask.outcome()).isEqualTo(new Outcome.Success<>("result"));
      assertThatIllegalStateException()
          .isThrownBy(subtask::exception)
          .withMessageContaining("did not fail");
    }
  }

  @Test
  default void failureSaysSo() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    try (var scope = open(Joiner.allSettled())) {
      Subtask<String> subtask =
          scope.fork(() -> {
            throw failure;
          });
      scope.join();
      assertThat(subtask.state()).isEqualTo(State.FAILED);
      assertThat(subtask.exception()).isSameAs(failure);
      assertThat(subtask.outcome()).isEqualTo(new Outcome.Failure<>(failure));
      assertThatIllegalStateException()
          .isThrownBy(subtask::get)
          .withMessageContaining("failed")
          .withCause(failure);
    }
  }

  @Test
  default void cancelledSaysSo() throws Exception {
    HeldBody body = new HeldBody();
    Subtask<String> subtask;
    try (var scope = open()) {
      subtask = scope.fork(body);
      body.awaitStarted();
      scope.cancel();
      assertThat(subtask.state()).isEqualTo(State.UNAVAILABLE);
      assertThat(subtask.outcome()).isInstanceOf(Outcome.Cancelled.class);
    }
    assertThat(subtask.state()).isEqualTo(State.UNAVAILABLE);
    assertThat(subtask.outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(subtask::get)
        .withMessageContaining("cancel() was called");
    assertThatIllegalStateException().isThrownBy(subtask::exception);
  }

  @Test
  default void whatASubtaskReturnsAfterItWasToldToStopIsDropped() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    Subtask<String> subtask;
    try (var scope = open()) {
      subtask = scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.cancel();
      stubborn.release();
    }
    assertThat(subtask.state()).isEqualTo(State.UNAVAILABLE);
    assertThat(subtask.outcome()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  default void everyHandleIsCompleteAfterClose() throws Exception {
    HeldBody body = new HeldBody();
    Subtask<String> done;
    Subtask<String> running;
    Subtask<String> last;
    try (CapturedLog _ = CapturedLog.of(TaskScope.class);
        var scope = open()) {
      done = scope.fork(() -> "done");
      HeldBody.awaitEnd(done);
      running = scope.fork(body);
      last = scope.fork(new HeldBody());
      body.awaitStarted();
    }
    assertThat(done.get()).isEqualTo("done");
    assertThat(running.outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(last.outcome()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  default void resultOfACancelledSubtaskTellsTheFailureThatCausedIt() throws Exception {
    needsAtOnce(2);
    HeldBody body = new HeldBody();
    IllegalArgumentException failure = new IllegalArgumentException("the cause of all");
    Subtask<String> cancelled;
    try (var scope = open()) {
      cancelled = scope.fork(body);
      body.awaitStarted();
      scope.fork(() -> {
        throw failure;
      });
      assertThat(org.assertj.core.api.Assertions.catchThrowable(scope::join)).hasCause(failure);
    }
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(cancelled::get)
        .withCause(failure);
  }
}
