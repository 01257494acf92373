package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.Caller;
import dev.tandem.testing.CapturedLog;
import dev.tandem.testing.NothingLeft;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An executor as the place where subtasks of a scope run.
interface ForkOnContract extends ExecutorFixture {
  @RegisterExtension NothingLeft SCOPES = new NothingLeft(TaskScope::dump);

  @Test
  default void subtaskRunsOnTheExecutor() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    try (var scope = TaskScope.open()) {
      Subtask<Thread> subtask = scope.forkOn(executor, Thread::currentThread);
      scope.join();
      assertThat(subtask.get() == Thread.currentThread()).isEqualTo(runsInCaller());
    }
    await().untilAsserted(() -> assertThat(executor.stats().succeeded()).isEqualTo(1));
  }

  @Test
  default void subtasksOfAllKindsGiveTheirResultsInTheOrderOfTheForks() throws Exception {
    TaskExecutor executor = create();
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.forkOn(executor, () -> "one");
      scope.fork(() -> "two");
      scope.forkOn(executor, Task.of("third", () -> "three"));
      scope.forkOn(executor, () -> null);
      assertThat(scope.join()).containsExactly("one", "two", "three", null);
    }
  }

  @Test
  default void failureOnTheExecutorIsTheCauseAndIsNotLoggedAsUnread() throws Exception {
    IllegalStateException failure = new IllegalStateException("told by the scope");
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      assertThatThrownBy(
              () -> {
                try (var scope = TaskScope.open()) {
                  scope.forkOn(
                      executor,
                      Task.of(
                          "fails",
                          (SerializableCallable<String>)
                              () -> {
                                throw failure;
                              }));
                  scope.join();
                }
              })
          .isInstanceOf(ExecutionException.class)
          .cause()
          .is(theOne(failure));
      executor.close();
      assertThat(log.thrown("told by the scope")).isEmpty();
    }
  }

  @Test
  default void failureElsewhereStopsTheBodyOnTheExecutor() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask body = new HeldTask();
    IllegalStateException failure = new IllegalStateException("elsewhere");
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open()) {
            scope.forkOn(executor, body);
            body.awaitStarted();
            scope.fork(() -> {
              throw failure;
            });
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(ExecutionException.class).cause().is(theOne(failure));
    assertThat(thrown.getSuppressed()).isEmpty();
    body.awaitInterrupted();
    body.assertEnded();
  }

  @Test
  default void closeWaitsForTheRealEndOfACancelledBody() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    Caller<Subtask<String>> owner =
        Caller.start(() -> {
          Subtask<String> subtask;
          try (var scope = TaskScope.open()) {
            subtask = scope.forkOn(executor, stubborn);
            stubborn.awaitStarted();
            scope.cancel();
          }
          stubborn.assertEnded();
          return subtask;
        });
    stubborn.awaitInterrupted();
    owner.awaitBlocked();
    stubborn.release();
    assertThat(owner.result().outcome()).isInstanceOf(Outcome.Cancelled.class);
  }

  @Test
  default void interruptOfAnOwnerInCloseIsKept() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    Caller<Boolean> owner =
        Caller.start(() -> {
          try (var scope = TaskScope.open()) {
            scope.forkOn(executor, stubborn);
            stubborn.awaitStarted();
            scope.cancel();
          }
          return stubborn.hasEnded();
        });
    stubborn.awaitInterrupted();
    owner.awaitBlocked();
    owner.interrupt();
    stubborn.release();
    assertThat(owner.result()).isTrue();
    assertThat(owner.keptTheFlag()).isTrue();
  }

  @Test
  default void interruptOfAnOwnerInJoinStopsTheBody() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask body = new HeldTask();
    Caller<Object> owner =
        Caller.start(() -> {
          try (var scope = TaskScope.open()) {
            scope.forkOn(executor, body);
            return scope.join();
          }
        });
    body.awaitStarted();
    owner.awaitBlocked();
    owner.interrupt();
    assertThat(owner.failure()).isInstanceOf(InterruptedException.class);
    body.awaitInterrupted();
    body.assertEnded();
  }

  @Test
  default void timeoutOfTheScopeStopsTheBody() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask body = new HeldTask();
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(50)))) {
                scope.forkOn(executor, body);
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancelledByTimeoutException.class);
    assertThat(body.hasStarted() && !body.hasEnded()).isFalse();
  }

  @Test
  default void timeoutOfTheTaskIsAFailure() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask body = new HeldTask();
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open()) {
                scope.forkOn(executor, Task.of("slow", body).withTimeout(timeout()));
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(TaskTimeoutException.class)
        .hasMessageContaining("task slow ran longer than its timeout");
    body.assertEnded();
  }

  @Test
  default void subtaskThatWasCancelledInTheQueueNeverRuns() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    try (var scope = TaskScope.open()) {
      scope.forkOn(executor, running);
      Subtask<String> never = scope.forkOn(executor, waiting);
      running.awaitStarted();
      scope.cancel();
      assertThat(catchThrowable(scope::join)).isInstanceOf(CancellationException.class);
      assertThat(never.outcome()).isInstanceOf(Outcome.Cancelled.class);
    }
    assertThat(waiting.hasStarted()).isFalse();
    running.assertEnded();
  }

  @Test
  default void executorThatRefusesGivesAFailedSubtask() throws Exception {
    TaskExecutor executor = create();
    executor.shutdown();
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> refused = scope.forkOn(executor, () -> "never");
      scope.fork(() -> "runs");
      assertThat(scope.join()).hasSize(2);
      assertThat(refused.exception()).isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  default void executorThatIsStoppedFailsTheSubtasks() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      scope.forkOn(executor, running);
      scope.forkOn(executor, waiting);
      running.awaitStarted();
      executor.shutdownNow();
      assertThat(scope.join()).hasSize(2).allMatch(o -> o instanceof Outcome.Failure<String>);
    }
    assertThat(waiting.hasStarted()).isFalse();
    running.assertEnded();
  }

  @Test
  default void limitOfTheScopeDoesNotCountWhatRunsOnTheExecutor() throws Exception {
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(1))) {
      scope.fork(held);
      held.awaitStarted();
      Subtask<String> subtask = scope.forkOn(executor, () -> "beside it");
      await().until(() -> subtask.state() == Subtask.State.SUCCESS);
      held.release();
      scope.join();
    }
  }

  @Test
  default void forkOnAfterCancelStartsNothing() {
    TaskExecutor executor = create();
    HeldTask never = new HeldTask();
    try (var scope = TaskScope.open()) {
      scope.cancel();
      Subtask<String> subtask = scope.forkOn(executor, never);
      assertThat(subtask.outcome()).isInstanceOf(Outcome.Cancelled.class);
    }
    assertThat(never.hasStarted()).isFalse();
    assertThat(executor.stats().submitted()).isZero();
  }

  @Test
  default void subtaskMayForkOnTheExecutor() throws Exception {
    TaskExecutor executor = create();
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(() -> {
        scope.forkOn(executor, () -> "on the executor");
        return "on a thread";
      });
      assertThat(scope.join()).containsExactly("on a thread", "on the executor");
    }
  }

  @Test
  default void bodyOnTheExecutorMayNotFork() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (var scope = TaskScope.open()) {
      scope.forkOn(
          executor,
          () -> {
            thrown.set(catchThrowable(() -> scope.fork(() -> "no")));
            return null;
          });
      scope.join();
    }
    assertThat(thrown.get()).isInstanceOf(WrongThreadException.class);
  }

  @Test
  default void scopeOpenedInTheBodyIsOnItsOwn() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    AtomicReference<Boolean> cancelled = new AtomicReference<>();
    try (var scope = TaskScope.open()) {
      scope.forkOn(
          executor,
          () -> {
            try (var own = TaskScope.open()) {
              stubborn.call();
              cancelled.set(own.isCancelled());
            }
            return null;
          });
      stubborn.awaitStarted();
      scope.cancel();
      stubborn.release();
    }
    assertThat(cancelled.get()).isFalse();
  }

  @Test
  default void strangersAndNullsAreRefused() throws Exception {
    TaskExecutor executor = create();
    try (var scope = TaskScope.open()) {
      Caller<Object> stranger = Caller.start(() -> scope.forkOn(executor, () -> "no"));
      assertThat(stranger.failure()).isInstanceOf(WrongThreadException.class);
      assertThatNullPointerException()
          .isThrownBy(() -> scope.forkOn(null, () -> "no"))
          .withMessage("executor: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> scope.forkOn(executor, (Task<String>) null))
          .withMessage("task: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> scope.forkOn(executor, (SerializableCallable<String>) null))
          .withMessage("task: null (expected: not null)");
      scope.join();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> scope.forkOn(executor, () -> "late"));
    }
  }

  @Test
  default void endedTaskIsLetGoWhileTheScopeIsOpen() throws Exception {
    TaskExecutor executor = create();
    List<Subtask<String>> handles = new ArrayList<>();
    try (var scope = TaskScope.open()) {
      WeakReference<?> ref = forkPayload(scope, executor, handles);
      await()
          .until(() -> {
            // what a pool's thread keeps of its last task is not the scope's affair
            executor.execute(() -> {});
            System.gc();
            return ref.get() == null;
          });
      scope.join();
    }
    Reference.reachabilityFence(handles);
  }

  private static WeakReference<?> forkPayload(
      TaskScope<Object, ?, ?> scope, TaskExecutor executor, List<Subtask<String>> handles) {
    byte[] payload = new byte[1_000];
    SerializableCallable<String> task = () -> "length " + payload.length;
    handles.add(scope.forkOn(executor, task));
    return new WeakReference<>(task);
  }

  @Test
  default void cancellingAtAnyMomentLeavesNothingBehind() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    AtomicInteger running = new AtomicInteger();
    for (int i = 0; i < 200; i++) {
      List<Subtask<Integer>> handles = new ArrayList<>();
      try (var scope = TaskScope.open()) {
        Thread third = Thread.ofVirtual().unstarted(scope::cancel);
        for (int n = 0; n < 8; n++) {
          if (n == i % 8) {
            third.start();
          }
          handles.add(
              scope.forkOn(
                  executor,
                  () -> {
                    running.incrementAndGet();
                    try {
                      Thread.yield();
                      return 1;
                    } finally {
                      running.decrementAndGet();
                    }
                  }));
        }
        Throwable thrown = catchThrowable(scope::join);
        if (thrown != null) {
          assertThat(thrown).isInstanceOf(CancellationException.class);
        }
        third.join();
      }
      assertThat(running).as("bodies after close").hasValue(0);
      assertThat(handles).allMatch(h -> h.outcome() instanceof Outcome.Cancelled || h.get() == 1);
    }
  }
}
