package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// `cancel()`: nothing new starts, each unfinished subtask is interrupted once, `join` returns.
interface CancelContract extends ScopeFixture {
  @Test
  default void cancelInterruptsOnceAndBarsNewStarts() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    List<HeldBody> waiting = new ArrayList<>();
    try (var scope = open()) {
      assertThat(scope.isCancelled()).isFalse();
      scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.cancel();
      scope.cancel();
      assertThat(scope.isCancelled()).isTrue();
      for (int i = 0; i < 5; i++) {
        waiting.add(new HeldBody());
        scope.fork(waiting.getLast());
      }
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(scope::join)
          .withMessageContaining("cancel() was called");
      stubborn.release();
    }
    assertThat(stubborn.interrupts()).isEqualTo(1);
    assertThat(waiting).noneMatch(HeldBody::hasStarted);
  }

  @Test
  default void anyThreadMayCancelAndWakesTheOwner() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = open()) {
      scope.fork(body);
      Thread third = HeldBody.whenBlocked(scope::cancel);
      assertThatExceptionOfType(CancellationException.class).isThrownBy(scope::join);
      third.join();
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  default void subtaskThatCancelsIsToldToStopLikeItsSiblings() throws Exception {
    AtomicBoolean told = new AtomicBoolean();
    try (var scope = open()) {
      Subtask<String> subtask =
          scope.fork(() -> {
            scope.cancel();
            try {
              new CountDownLatch(1).await(); // the owner, awake by now, may cancel this subtask
            } catch (InterruptedException e) {
              told.set(true);
            }
            return "dropped";
          });
      assertThat(catchThrowable(scope::join)).isInstanceOf(CancellationException.class);
      assertThat(subtask.state()).isEqualTo(Subtask.State.UNAVAILABLE);
    }
    assertThat(told).isTrue();
  }

  @Test
  default void cancelAfterAllHaveCompletedChangesNoResult() throws Exception {
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
      Subtask<String> subtask = scope.fork(() -> "complete");
      HeldBody.awaitEnd(subtask);
      scope.cancel();
      assertThat(scope.join()).containsExactly("complete");
    }
  }

  @Test
  default void whatHadCompletedKeepsItsResult() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = open()) {
      Subtask<String> done = scope.fork(() -> "done");
      HeldBody.awaitEnd(done);
      scope.fork(body);
      scope.cancel();
      assertThat(catchThrowable(scope::join)).isInstanceOf(CancellationException.class);
      assertThat(done.get()).isEqualTo("done");
    }
  }

  @Test
  default void firstReasonCounts() throws Exception {
    needsAtOnce(2);
    HeldBody stubborn = HeldBody.stubborn();
    try (var scope = open()) {
      scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.fork(() -> {
        throw new IllegalArgumentException("first");
      });
      stubborn.awaitInterrupted();
      scope.cancel();
      assertThat(catchThrowable(scope::join))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("first");
      stubborn.release();
    }
    assertThat(stubborn.interrupts()).isEqualTo(1);
  }

  @Test
  default void cancelAfterJoinAndAfterCloseDoesNothing() throws Exception {
    var scope = open();
    try (scope) {
      scope.fork(() -> "done");
      scope.join();
      scope.cancel();
    }
    scope.cancel();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  default void subtaskIsInterruptedOnceWhateverElseHappens() throws Exception {
    for (int i = 0; i < 50; i++) {
      HeldBody stubborn = HeldBody.stubborn();
      try (var scope = open()) {
        scope.fork(stubborn);
        stubborn.awaitStarted();
        Thread third = Thread.ofVirtual().start(scope::cancel);
        scope.cancel();
        assertThat(catchThrowable(scope::join)).isInstanceOf(CancellationException.class);
        third.join();
        stubborn.release();
      }
      assertThat(stubborn.interrupts()).isEqualTo(1);
    }
  }
}
