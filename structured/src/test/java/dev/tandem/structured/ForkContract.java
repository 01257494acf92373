package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.SerializableRunnable;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.structured.TaskScope.Subtask.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The contract of `fork`: from which threads and when it is allowed, and its handle.
interface ForkContract extends ScopeFixture {
  @Test
  default void eachSubtaskHasAThreadOfItsOwn() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (var scope = open()) {
      for (int i = 0; i < 5; i++) {
        scope.fork(() -> threads.add(Thread.currentThread()));
      }
      scope.join();
    }
    assertThat(threads)
        .hasSize(5)
        .doesNotContain(Thread.currentThread())
        .noneMatch(Thread::isAlive);
  }

  @Test
  default void forkNeverWaits() throws Exception {
    HeldBody body = HeldBody.stubborn();
    AtomicBoolean ended = new AtomicBoolean();
    try (var scope = open()) {
      for (int i = 0; i < 10; i++) {
        scope.fork(body);
      }
      scope.fork(() -> ended.set(true));
      body.release();
      scope.join();
    }
    assertThat(ended).isTrue();
  }

  @Test
  default void whatWasDoneBeforeTheForkIsSeenAndSoIsWhatTheSubtaskDid() throws Exception {
    for (int i = 0; i < 100; i++) {
      int[] plain = {i};
      try (var scope = open()) {
        scope.fork(() -> plain[0]++);
        scope.join();
        assertThat(plain[0]).isEqualTo(i + 1);
      }
    }
  }

  @Test
  default void runnableGivesNull() throws Exception {
    List<String> done = new ArrayList<>();
    try (var scope = open()) {
      Runnable runnable = () -> done.add("ran");
      Subtask<Object> subtask = scope.fork(runnable);
      scope.join();
      assertThat(subtask.get()).isNull();
      assertThat(subtask.state()).isEqualTo(State.SUCCESS);
    }
    assertThat(done).containsExactly("ran");
  }

  @Test
  default void bodyWithoutAResultMayThrowCheckedExceptions() {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> {
          try (var scope = open()) {
            scope.fork(
                (SerializableRunnable)
                    () -> {
                      throw new IOException("checked");
                    });
            scope.join();
          }
        })
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  default void namedBodiesGiveTheirResults() throws Exception {
    try (var scope = open()) {
      Subtask<String> named = scope.fork("price", () -> "42");
      Subtask<Object> nothing = scope.fork("nothing", () -> {});
      scope.join();
      assertThat(named.get()).isEqualTo("42");
      assertThat(nothing.get()).isNull();
      assertThat(named.toString()).endsWith("price-1, succeeded]");
    }
  }

  @Test
  default void subtaskMayFork() throws Exception {
    try (var scope = open(Joiner.<String>allSettled())) {
      scope.fork(() -> {
        scope.fork(() -> {
          scope.fork(() -> "third");
          return "second";
        });
        return "first";
      });
      assertThat(scope.join())
          .extracting(outcome -> outcome.orElseThrow())
          .containsExactly("first", "second", "third");
    }
  }

  @Test
  default void joinWaitsForWhatASubtaskForks() throws Exception {
    AtomicReference<String> last = new AtomicReference<>();
    try (var scope = open()) {
      fork(scope, 20, last);
      scope.join();
      assertThat(last).hasValue("deepest");
    }
  }

  private void fork(TaskScope<Object, ?, ?> scope, int depth, AtomicReference<String> last) {
    scope.fork(() -> {
      if (depth == 0) {
        last.set("deepest");
      } else {
        fork(scope, depth - 1, last);
      }
    });
  }

  @Test
  default void strangerMayNotForkJoinOrClose() throws Exception {
    Set<Class<?>> thrown = new HashSet<>();
    try (var scope = open()) {
      Thread stranger =
          Thread.ofPlatform()
              .start(() -> {
                thrown.add(catchThrowable(() -> scope.fork(() -> 1)).getClass());
                thrown.add(catchThrowable(scope::join).getClass());
                thrown.add(catchThrowable(scope::close).getClass());
              });
      stranger.join();
      assertThat(thrown).containsExactly(WrongThreadException.class);
      scope.join();
    }
  }

  @Test
  default void subtaskMayNotJoinOrClose() throws Exception {
    Set<Class<?>> thrown = ConcurrentHashMap.newKeySet();
    try (var scope = open()) {
      scope.fork(() -> {
        thrown.add(catchThrowable(scope::join).getClass());
        thrown.add(catchThrowable(scope::close).getClass());
      });
      scope.join();
    }
    assertThat(thrown).containsExactly(WrongThreadException.class);
  }

  @Test
  default void ownerMayNotForkAfterJoinOrClose() throws Exception {
    var scope = open();
    try (scope) {
      scope.join();
      assertThatIllegalStateException()
          .isThrownBy(() -> scope.fork(() -> 1))
          .withMessage("fork: %s was joined before", scope);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> scope.fork(() -> 1))
        .withMessage("fork: %s is closed", scope);
  }

  @Test
  default void forkAfterCancelGivesAnUnrunHandle() {
    HeldBody never = new HeldBody();
    try (var scope = open()) {
      scope.cancel();
      Subtask<String> subtask = scope.fork(never);
      assertThat(subtask.state()).isEqualTo(State.UNAVAILABLE);
      assertThat(subtask.outcome()).isInstanceOf(dev.tandem.core.Outcome.Cancelled.class);
    }
    assertThat(never.hasStarted()).isFalse();
  }

  @Test
  default void subtaskThatForksWhileTheScopeIsCancelledGetsAnUnrunHandle() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    HeldBody never = new HeldBody();
    AtomicReference<Subtask<String>> late = new AtomicReference<>();
    try (var scope = open()) {
      scope.fork(() -> {
        stubborn.call();
        late.set(scope.fork(never));
      });
      stubborn.awaitStarted();
      scope.cancel();
      stubborn.release();
    }
    assertThat(never.hasStarted()).isFalse();
    assertThat(late.get().outcome()).isInstanceOf(dev.tandem.core.Outcome.Cancelled.class);
  }

  @Test
  default void nullAndBlankArgumentsAreNamed() {
    try (var scope = open()) {
      assertThatNullPointerException()
          .isThrownBy(() -> scope.fork((Callable<String>) null))
          .withMessage("task: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> scope.fork((Runnable) null))
          .withMessage("task: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> scope.fork((SerializableRunnable) null))
          .withMessage("task: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> scope.fork("name", (SerializableRunnable) null))
          .withMessage("task: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> scope.fork(null, () -> 1))
          .withMessage("name: null (expected: not null)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scope.fork(" ", () -> 1))
          .withMessageContaining("name: \" \"");
    }
  }
}
