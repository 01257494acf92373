package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.CapturedLog;
import dev.tandem.testing.NothingLeft;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Trees deeper than a stack: whatever could be opened can be cancelled, closed, joined and shown.
class DeepScopesTest {
  @RegisterExtension final NothingLeft scopes = new NothingLeft(TaskScope::dump);

  private static final int DEEP = 4_000;
  private static final int DEEP_ON_ONE_THREAD = 20_000;

  private enum End {
    CANCEL,
    TIMEOUT,
    FAILURE,
    INTERRUPT,
    LEAVE
  }

  private final AtomicInteger alive = new AtomicInteger();
  private final CountDownLatch bottom = new CountDownLatch(1);

  /// A scope in a subtask of a scope in a subtask, and so on.
  private int down(int depth, @Nullable Exception end) throws Exception {
    alive.incrementAndGet();
    try {
      if (depth == 0) {
        bottom.countDown();
        if (end != null) {
          throw end;
        }
        new CountDownLatch(1).await();
      }
      try (var scope = TaskScope.open(cf -> cf.withName("level"))) {
        Subtask<Integer> below = scope.fork(() -> down(depth - 1, end));
        scope.join();
        return below.get() + 1;
      }
    } finally {
      alive.decrementAndGet();
    }
  }

  @ParameterizedTest
  @EnumSource
  void deepTreeEnds(End end) throws Exception {
    Throwable thrown =
        catchThrowable(() -> {
          try (CapturedLog _ = CapturedLog.of(TaskScope.class);
              var scope =
                  TaskScope.open(
                      cf -> end == End.TIMEOUT ? cf.withTimeout(Duration.ofSeconds(2)) : cf)) {
            scope.fork(() -> down(DEEP, null));
            HeldBody.expect(bottom, "reached the bottom");
            switch (end) {
              case CANCEL -> scope.cancel();
              case FAILURE ->
                  scope.fork(() -> {
                    throw new IllegalStateException("boom");
                  });
              case INTERRUPT -> Thread.currentThread().interrupt();
              case LEAVE -> {
                return;
              }
              case TIMEOUT -> {}
            }
            scope.join();
          }
        });
    assertThat(alive).hasValue(0);
    switch (end) {
      case CANCEL -> assertThat(thrown).isInstanceOf(CancellationException.class);
      case FAILURE -> assertThat(thrown).hasCauseInstanceOf(IllegalStateException.class);
      case INTERRUPT -> assertThat(thrown).isInstanceOf(InterruptedException.class);
      case LEAVE -> assertThat(thrown).isNull();
      case TIMEOUT -> assertThat(thrown).hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
    if (thrown != null) {
      assertThat(thrown.getSuppressed()).isEmpty();
    }
  }

  /// However deep it was, the failure is the cause; each level's own exception, with the stack of
  /// its thread, is suppressed in the next one's.
  @Test
  void failureComesUpFromTheBottom() {
    IllegalStateException failure = new IllegalStateException("at the bottom");
    Throwable thrown = catchThrowable(() -> down(DEEP, failure));
    int levels = 0;
    for (Throwable level = thrown; level != null; levels++) {
      assertThat(level).isExactlyInstanceOf(ExecutionException.class).hasMessage("%s", failure);
      assertThat(level.getCause()).isSameAs(failure);
      Throwable[] inside = level.getSuppressed();
      level = inside.length == 0 ? null : inside[0];
    }
    assertThat(levels).isEqualTo(DEEP);
  }

  @Test
  void deepTreeIsShownAndItsNamesStayShort() throws Exception {
    try (CapturedLog _ = CapturedLog.of(TaskScope.class);
        var scope = TaskScope.open(cf -> cf.withName("top"))) {
      scope.fork(() -> down(DEEP, null));
      HeldBody.expect(bottom, "reached the bottom");
      String dump = TaskScope.dump();
      assertThat(dump).contains("scope top").contains("(level " + 2 * DEEP + ")");
      assertThat(dump.lines().mapToInt(String::length).max().orElse(0)).isLessThan(3_000);
      scope.cancel();
    }
    assertThat(alive).hasValue(0);
  }

  @Test
  void deepTreeOfOneThreadIsCancelledAndClosedFromTheInside() throws Exception {
    Deque<TaskScope<Object, Void, ExecutionException>> open = new ArrayDeque<>();
    HeldBody body = new HeldBody();
    for (int i = 0; i < DEEP_ON_ONE_THREAD; i++) {
      open.push(TaskScope.open(cf -> cf.withName("nested")));
    }
    var innermost = open.peek();
    innermost.fork(body);
    body.awaitStarted();
    assertThat(TaskScope.dump()).contains("(level " + DEEP_ON_ONE_THREAD + ")");
    open.peekLast().cancel();
    assertThat(catchThrowable(innermost::join)).isInstanceOf(CancellationException.class);
    while (!open.isEmpty()) {
      open.pop().close();
    }
    assertThat(body.interrupts()).isEqualTo(1);
  }

  @Test
  void deepTreeOfOneThreadEndsWithTheOutermost() throws Exception {
    HeldBody body = new HeldBody();
    try (CapturedLog _ = CapturedLog.of(TaskScope.class)) {
      var outermost = TaskScope.open();
      for (int i = 0; i < DEEP_ON_ONE_THREAD; i++) {
        TaskScope.open();
      }
      try (var innermost = TaskScope.open()) {
        innermost.fork(body);
        body.awaitStarted();
        assertThat(catchThrowable(outermost::close)).isInstanceOf(IllegalStateException.class);
      }
    }
    assertThat(body.thread().isAlive()).isFalse();
  }

  @Test
  void deepTreeThatASubtaskLeavesOpenEndsWithIt() throws Exception {
    HeldBody body = new HeldBody();
    try (CapturedLog _ = CapturedLog.of(TaskScope.class);
        var scope = TaskScope.open()) {
      scope.fork(() -> {
        for (int i = 0; i < DEEP_ON_ONE_THREAD; i++) {
          TaskScope.open();
        }
        TaskScope.open().fork(body);
        body.awaitStarted();
        return "done";
      });
      scope.join();
    }
    assertThat(body.interrupts()).isEqualTo(1);
    assertThat(body.thread().isAlive()).isFalse();
  }
}
