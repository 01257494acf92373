package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.CapturedLog;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/// Threads that do not do what threads do: no subtask may stay without an end, and no count be
/// wrong.
class MisbehavingThreadsTest {
  private static List<Outcome<String>> outcomes(ThreadFactory factory) throws InterruptedException {
    try (var scope =
        TaskScope.open(
            Joiner.<String>allSettled(), cf -> cf.withConcurrency(1).withThreadFactory(factory))) {
      scope.fork(() -> "first");
      scope.fork(() -> "second");
      return scope.join();
    }
  }

  @Test
  void threadThatNeverRunsItsSubtask() throws Exception {
    assertThat(outcomes(_ -> new Thread(() -> {})))
        .hasSize(2)
        .allMatch(o -> o instanceof Outcome.Failure<String>);
  }

  @Test
  void threadThatSwallowsWhatItThrowsBeforeItsSubtask() throws Exception {
    ThreadFactory swallowing =
        r ->
            new Thread(r) {
              @Override
              public void run() {
                try {
                  throw new IllegalStateException("set-up failed");
                } catch (IllegalStateException e) {
                  // as if nothing had happened
                }
              }
            };
    assertThat(outcomes(swallowing)).hasSize(2).allMatch(o -> o instanceof Outcome.Failure<String>);
  }

  @Test
  void threadWhoseStartDoesNothing() throws Exception {
    ThreadFactory idle =
        r ->
            new Thread(r) {
              @Override
              public void start() {
                // not today
              }
            };
    assertThat(outcomes(idle))
        .hasSize(2)
        .allSatisfy(o ->
            assertThat(((Outcome.Failure<String>) o).exception())
                .isInstanceOf(RejectedExecutionException.class));
  }

  @Test
  void threadThatRunsItsSubtaskTwice() throws Exception {
    ThreadFactory twice =
        r ->
            Thread.ofVirtual()
                .unstarted(() -> {
                  r.run();
                  assertThat(catchThrowable(r::run)).isInstanceOf(IllegalStateException.class);
                });
    assertThat(outcomes(twice))
        .containsExactly(new Outcome.Success<>("first"), new Outcome.Success<>("second"));
  }

  @Test
  void threadThatCannotBeInterrupted() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    HeldBody second = new HeldBody();
    ThreadFactory deaf =
        r ->
            new Thread(r) {
              @Override
              public void interrupt() {
                throw new SecurityException("thrown by a test");
              }
            };
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = TaskScope.open(cf -> cf.withName("deaf").withThreadFactory(deaf))) {
        scope.fork(stubborn);
        scope.fork(second);
        stubborn.awaitStarted();
        second.awaitStarted();
        scope.cancel();
        stubborn.release();
        second.release();
      }
      assertThat(log.warnings("could not be interrupted")).hasSize(2);
    }
    assertThat(second.thread().isAlive()).isFalse();
  }

  /// The canceller itself gets an error on its way: another thread goes on from there.
  @Test
  void errorInTheMiddleOfACancellationLeavesNobodyOut() throws Exception {
    HeldBody[] bodies = {new HeldBody(), new HeldBody(), new HeldBody()};
    HeldBody deaf = new HeldBody();
    ThreadFactory factory =
        r ->
            new Thread(r) {
              @Override
              public void interrupt() {
                if (deaf.hasStarted() && deaf.thread() == this) {
                  throw new IllegalStateException("deaf");
                }
                super.interrupt();
              }
            };
    try (CapturedLog _ =
            CapturedLog.of(
                TaskScope.class.getName(),
                _ -> {
                  throw new OutOfMemoryError("thrown by a test");
                });
        var scope = TaskScope.open(cf -> cf.withThreadFactory(factory))) {
      scope.fork(bodies[0]);
      scope.fork(() -> {
        try (var inner = TaskScope.open()) {
          inner.fork(bodies[1]);
          return deaf.call();
        }
      });
      scope.fork(bodies[2]);
      deaf.awaitStarted();
      for (HeldBody body : bodies) {
        body.awaitStarted();
      }
      scope.cancel();
      for (HeldBody body : bodies) {
        body.awaitInterrupted();
      }
      deaf.release();
    }
    for (HeldBody body : bodies) {
      assertThat(body.interrupts()).isEqualTo(1);
    }
  }

  @Test
  void bodyThatReportsToItsThreadsHandlerCompletesOnce() throws Exception {
    HeldBody second = new HeldBody();
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> first =
          scope.fork(() -> {
            Thread t = Thread.currentThread();
            t.getUncaughtExceptionHandler()
                .uncaughtException(t, new IllegalStateException("reported, not thrown"));
            return "went on";
          });
      scope.fork(second);
      HeldBody.awaitEnd(first);
      second.release();
      assertThat(scope.join())
          .containsExactly(
              new Outcome.Success<>("went on"), new Outcome.Success<>(HeldBody.RESULT));
    }
  }

  @Test
  void propagatorThatGivesNothing() {
    ContextPropagator none =
        new ContextPropagator() {
          @Override
          public <T> Callable<T> wrap(Callable<T> body) {
            return null;
          }
        };
    try (var scope = TaskScope.open(cf -> cf.withContext(none).withConcurrency(1))) {
      assertThat(catchThrowable(() -> scope.fork(() -> "never")))
          .isInstanceOf(NullPointerException.class)
          .message()
          .isNotBlank();
    }
  }

  @Test
  void handlerThatTheFactoryGaveDoesNotCutScopesOff() throws Exception {
    HeldBody inside = new HeldBody();
    ThreadFactory handled =
        r -> {
          Thread thread =
              Thread.ofVirtual()
                  .unstarted(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                    r.run();
                  });
          thread.setUncaughtExceptionHandler((_, _) -> {});
          return thread;
        };
    try (var outer = TaskScope.open(cf -> cf.withThreadFactory(handled))) {
      HeldBody stubborn = HeldBody.stubborn();
      outer.fork(() -> {
        try (var inner = TaskScope.open()) {
          inner.fork(inside);
          stubborn.call();
        }
      });
      inside.awaitStarted();
      stubborn.awaitStarted();
      outer.cancel();
      inside.awaitInterrupted(); // though its own owner does not listen
      stubborn.release();
    }
  }
}
