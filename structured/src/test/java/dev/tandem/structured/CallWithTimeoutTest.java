package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallWithTimeoutTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void givesTheResult() throws Exception {
    assertThat(Parallel.callWithTimeout(() -> "in time", LONG)).isEqualTo("in time");
    assertThat(Parallel.<String>callWithTimeout(() -> null, LONG)).isNull();
  }

  @Test
  void timeoutStopsTheTask() {
    HeldBody body = new HeldBody();
    long start = System.nanoTime();
    assertThatThrownBy(() -> Parallel.callWithTimeout(body, SHORT))
        .isExactlyInstanceOf(TimeoutException.class)
        .hasMessageMatching(
            "scope: 1 of 1 subtasks had not completed at the timeout of PT0\\.2S; "
                + "it was interrupted and ended after PT.*S");
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(body.interrupts()).isEqualTo(1);
    assertThat(body.thread().isAlive()).isFalse();
  }

  @Test
  void taskThatIgnoresTheInterruptDelaysTheTimeout() {
    HeldBody stubborn = HeldBody.stubborn();
    AtomicReference<Boolean> alive = new AtomicReference<>();
    Thread caller = Thread.currentThread();
    Thread.ofPlatform()
        .start(() -> {
          try {
            stubborn.awaitInterrupted();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          Caller.awaitBlocked(caller);
          alive.set(stubborn.thread().isAlive());
          stubborn.release();
        });
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Parallel.callWithTimeout(stubborn, SHORT));
    assertThat(alive.get()).isTrue();
    assertThat(stubborn.thread().isAlive()).isFalse();
  }

  @Test
  void failureOnTheWayOutIsSuppressed() {
    IllegalStateException late = new IllegalStateException("late");
    Throwable thrown =
        catchThrowable(() -> Parallel.callWithTimeout(HeldBody.answering(late), SHORT));
    assertThat(thrown).isInstanceOf(TimeoutException.class);
    assertThat(thrown.getSuppressed()).containsExactly(late);
  }

  @Test
  void failureBeforeTheTimeoutIsTheCause() {
    IllegalStateException own = new IllegalStateException("the task's own");
    long start = System.nanoTime();
    assertThatThrownBy(() ->
            Parallel.callWithTimeout(
                () -> {
                  throw own;
                },
                LONG))
        .isInstanceOf(ExecutionException.class)
        .hasCause(own);
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void timeoutExceptionOfTheTaskIsItsFailure() {
    TimeoutException own = new TimeoutException("the task's own");
    assertThatThrownBy(() ->
            Parallel.callWithTimeout(
                () -> {
                  throw own;
                },
                LONG))
        .isInstanceOf(ExecutionException.class)
        .hasCause(own);
  }

  @Test
  void interruptStopsTheTask() throws Exception {
    HeldBody body = new HeldBody();
    Thread caller = Thread.currentThread();
    Thread third = body.whenRunningAndBlocked(caller::interrupt);
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> Parallel.callWithTimeout(body, LONG));
    third.join();
    assertThat(body.interrupts()).isEqualTo(1);
    assertThat(body.thread().isAlive()).isFalse();
  }

  @Test
  void timeoutOfAScopeAroundIsATimeoutToo() throws Exception {
    HeldBody body = new HeldBody();
    try (var _ = TaskScope.open(cf -> cf.withName("around").withTimeout(SHORT))) {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> Parallel.callWithTimeout(body, LONG))
          .withMessageContaining("at the timeout of PT0.2S of scope around");
    }
    assertThat(body.thread().isAlive()).isFalse();
  }

  @Test
  void nestedCallsEndAtTheInnerTimeout() {
    HeldBody body = new HeldBody();
    assertThatThrownBy(
            () -> Parallel.callWithTimeout(() -> Parallel.callWithTimeout(body, SHORT), LONG))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void badInputIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.callWithTimeout(null, LONG))
        .withMessage("task: null (expected: not null)");
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.callWithTimeout(() -> 1, null))
        .withMessageContaining("timeout");
  }

  @Test
  void timeThatIsOverStartsNothing() {
    HeldBody never = new HeldBody();
    for (Duration past : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> Parallel.callWithTimeout(never, past));
    }
    assertThat(never.hasStarted()).isFalse();
  }

  /// The timeout of a scope around is no failure of the subtask that it ends.
  @Test
  void outerDeadlineIsNoFailureInside() {
    HeldBody body = new HeldBody();
    Throwable thrown;
    try (var scope = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
      scope.fork(() -> Parallel.callWithTimeout(body, LONG));
      thrown = catchThrowable(scope::join);
    }
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getSuppressed()).isEmpty();
  }
}
