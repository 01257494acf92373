package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// No interrupt of the owner is lost, wherever it arrives.
interface InterruptContract extends ScopeFixture {
  @Test
  default void interruptBeforeJoinEndsIt() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = open()) {
      scope.fork(body);
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(scope::join);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(body.hasStarted() && body.thread().isAlive()).isFalse();
  }

  @Test
  default void interruptWhileJoinWaitsEndsIt() throws Exception {
    HeldBody body = new HeldBody();
    Thread owner = Thread.currentThread();
    try (var scope = open()) {
      scope.fork(body);
      body.awaitStarted();
      Thread third = HeldBody.whenBlocked(owner::interrupt);
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(scope::join);
      third.join();
      assertThat(scope.isCancelled()).isFalse();
    }
    assertThat(body.interrupts()).isEqualTo(1);
  }

  @Test
  default void ownerMayJoinAgainAfterAnInterrupt() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(body);
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(scope::join);
      }
      scope.fork(() -> "forked later");
      body.release();
      assertThat(scope.join()).containsExactly(HeldBody.RESULT, "forked later");
    }
  }

  @Test
  default void interruptWinsOverASuccessThatIsThere() throws Exception {
    try (var scope = open()) {
      Subtask<String> subtask = scope.fork(() -> "done");
      HeldBody.awaitEnd(subtask);
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(scope::join);
      scope.join();
      assertThat(subtask.get()).isEqualTo("done");
    }
  }

  @Test
  default void interruptBeforeJoinHidesNoFailure() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open()) {
            HeldBody.awaitEnd(
                scope.fork(() -> {
                  throw failure;
                }));
            Thread.currentThread().interrupt();
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(InterruptedException.class);
    assertThat(thrown.getSuppressed()).containsExactly(failure);
  }

  @Test
  default void failureAfterAnInterruptedJoinIsSuppressedInIt() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    HeldBody body = HeldBody.answering(failure);
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open()) {
            scope.fork(body);
            body.awaitStarted();
            Thread.currentThread().interrupt();
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(InterruptedException.class);
    assertThat(thrown.getSuppressed()).containsExactly(failure);
  }

  @Test
  default void interruptWhileCloseWaitsIsKeptAndShortensNothing() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    Thread owner = Thread.currentThread();
    CountDownLatch waited = new CountDownLatch(1);
    Thread third;
    try (var scope = open()) {
      scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.cancel();
      third =
          HeldBody.whenBlocked(() -> {
            owner.interrupt();
            owner.interrupt();
            waited.countDown();
            stubborn.release();
          });
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(waited.getCount()).isZero();
    assertThat(stubborn.thread().isAlive()).isFalse();
    assertThat(stubborn.interrupts()).isEqualTo(1);
    third.join();
  }

  @Test
  default void interruptBeforeCloseIsKept() throws Exception {
    try (var scope = open()) {
      scope.fork(() -> "done");
      scope.join();
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  default void interruptBeforeForkReachesNoSubtask() throws Exception {
    try (var scope = open()) {
      Thread.currentThread().interrupt();
      Subtask<Boolean> subtask = scope.fork(() -> Thread.currentThread().isInterrupted());
      assertThat(Thread.interrupted()).isTrue();
      scope.join();
      assertThat(subtask.get()).isFalse();
    }
  }

  @Test
  default void interruptThatComesWithACancellationIsKeptOrThrown() throws Exception {
    Thread owner = Thread.currentThread();
    for (int i = 0; i < 100; i++) {
      try (var scope = open()) {
        scope.fork(new HeldBody());
        Thread third =
            Thread.ofVirtual()
                .start(() -> {
                  scope.cancel();
                  owner.interrupt();
                });
        Throwable thrown = catchThrowable(scope::join);
        awaitUninterruptibly(third);
        boolean flag = Thread.interrupted();
        if (thrown instanceof InterruptedException) {
          assertThat(flag).isFalse();
        } else {
          assertThat(thrown).isInstanceOf(CancellationException.class);
          assertThat(flag).isTrue();
        }
      }
    }
  }

  private static void awaitUninterruptibly(Thread thread) {
    com.google.common.util.concurrent.Uninterruptibles.joinUninterruptibly(thread);
  }

  @Test
  default void interruptAtTheMomentOfTheFailureIsKeptOrThrown() throws Exception {
    Thread owner = Thread.currentThread();
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    for (int i = 0; i < 200; i++) {
      Throwable thrown =
          catchThrowable(() -> {
            try (var scope = open()) {
              scope.fork(() -> {
                owner.interrupt();
                throw failure;
              });
              scope.join();
            }
          });
      boolean flag = Thread.interrupted();
      if (thrown instanceof InterruptedException) {
        assertThat(thrown.getSuppressed()).containsExactly(failure);
        assertThat(flag).isFalse();
      } else {
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThat(flag).isTrue();
      }
    }
  }

  @Test
  default void oneInterruptAtAnyMomentIsToldExactlyOnce() {
    Thread owner = Thread.currentThread();
    for (int i = 0; i < 300; i++) {
      int spins = i * 37 % 2_000;
      int told = 0;
      Thread third =
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < spins; n++) {
                  Thread.onSpinWait();
                }
                owner.interrupt();
              });
      try (var scope = open()) {
        scope.fork(() -> "one");
        scope.fork(() -> "two");
        scope.join();
      } catch (InterruptedException e) {
        told++;
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
      awaitUninterruptibly(third);
      if (Thread.interrupted()) {
        told++;
      }
      assertThat(told).as("round %d", i).isEqualTo(1);
    }
  }
}
