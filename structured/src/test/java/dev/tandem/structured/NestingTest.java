package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.CapturedLog;
import dev.tandem.testing.NothingLeft;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scopes inside scopes: which scopes a cancellation reaches, and which scope encloses which.
class NestingTest {
  @RegisterExtension final NothingLeft scopes = new NothingLeft(TaskScope::dump);

  @Test
  void cancellingReachesAScopeThatTheOwnerOpenedInside() throws Exception {
    HeldBody inside = new HeldBody();
    try (var outer = TaskScope.open()) {
      try (var inner = TaskScope.open()) {
        var subtask = inner.fork(inside);
        inside.awaitStarted();
        outer.cancel();
        assertThat(inner.isCancelled()).isTrue();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(inner::join);
        assertThatExceptionOfType(CancellationException.class)
            .isThrownBy(subtask::get)
            .withMessageContaining("a scope around it was cancelled");
      }
      assertThat(inside.interrupts()).isEqualTo(1);
    }
  }

  @Test
  void cancellingReachesEveryDepth() throws Exception {
    HeldBody deepest = new HeldBody();
    try (var outer = TaskScope.open()) {
      outer.fork(() -> {
        try (var middle = TaskScope.open()) {
          middle.fork(() -> {
            try (var _ = TaskScope.open();
                var innermost = TaskScope.open()) {
              innermost.fork(deepest);
              innermost.join();
            }
          });
          middle.join();
        }
      });
      deepest.awaitStarted();
      outer.cancel();
      assertThat(catchThrowable(outer::join)).isInstanceOf(CancellationException.class);
    }
    assertThat(deepest.interrupts()).isEqualTo(1);
    assertThat(deepest.thread().isAlive()).isFalse();
  }

  @Test
  void cancellingReachesAllScopesThatTheOwnerHasOpen() {
    try (var outer = TaskScope.open();
        var middle = TaskScope.open();
        var inner = TaskScope.open()) {
      middle.cancel();
      assertThat(outer.isCancelled()).isFalse();
      assertThat(middle.isCancelled()).isTrue();
      assertThat(inner.isCancelled()).isTrue();
    }
  }

  @Test
  void scopeOpenedInsideACancelledOneIsCancelledFromTheStart() {
    try (var outer = TaskScope.open()) {
      outer.cancel();
      HeldBody never = new HeldBody();
      try (var inner = TaskScope.open()) {
        assertThat(inner.isCancelled()).isTrue();
        inner.fork(never);
        assertThat(catchThrowable(inner::join)).isInstanceOf(CancellationException.class);
      }
      assertThat(never.hasStarted()).isFalse();
    }
  }

  @Test
  void scopeOpenedInACancelledSubtaskIsCancelledFromTheStart() throws Exception {
    HeldBody never = new HeldBody();
    HeldBody stubborn = HeldBody.stubborn();
    AtomicReference<Boolean> cancelled = new AtomicReference<>();
    try (var outer = TaskScope.open()) {
      outer.fork(() -> {
        stubborn.call();
        try (var inner = TaskScope.open()) {
          cancelled.set(inner.isCancelled());
          inner.fork(never);
        }
      });
      stubborn.awaitStarted();
      outer.cancel();
      stubborn.release();
    }
    assertThat(cancelled.get()).isTrue();
    assertThat(never.hasStarted()).isFalse();
  }

  @Test
  void cancellingTheInnerScopeLeavesTheOuterOneAlone() throws Exception {
    try (var outer = TaskScope.open()) {
      HeldBody body = new HeldBody();
      Subtask<String> subtask = outer.fork(body);
      try (var inner = TaskScope.open()) {
        inner.cancel();
      }
      assertThat(outer.isCancelled()).isFalse();
      body.release();
      outer.join();
      assertThat(subtask.get()).isEqualTo(HeldBody.RESULT);
    }
  }

  @Test
  void scopeOpenedAfterTheOuterOneWasJoinedStandsAlone() throws Exception {
    try (var outer = TaskScope.open(Joiner.<String>anySuccessfulOrThrow())) {
      HeldBody slow = HeldBody.stubborn();
      outer.fork(slow);
      slow.awaitStarted();
      outer.fork(() -> "first");
      outer.join();
      assertThat(outer.isCancelled()).isTrue();
      try (var after = TaskScope.open()) {
        assertThat(after.isCancelled()).isFalse();
        Subtask<String> subtask = after.fork(() -> "undisturbed");
        after.join();
        assertThat(subtask.get()).isEqualTo("undisturbed");
      }
      slow.release();
    }
  }

  @Test
  void innerScopeThatCompletedSucceedsAlthoughTheOuterOneWasCancelled() throws Exception {
    try (var outer = TaskScope.open()) {
      try (var inner = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
        Subtask<String> subtask = inner.fork(() -> "complete");
        HeldBody.awaitEnd(subtask);
        outer.cancel();
        assertThat(inner.join()).containsExactly("complete");
      }
    }
  }

  @Test
  void callbackMayOpenAScope() throws Exception {
    Joiner<String, String, RuntimeException> joiner =
        new Joiner<>() {
          private volatile String seen = "";

          @Override
          public boolean onComplete(Subtask<String> s) {
            try {
              seen = Parallel.all(() -> "inside of " + s.get()).getFirst();
            } catch (ExecutionException | InterruptedException e) {
              throw new AssertionError(e);
            }
            return false;
          }

          @Override
          public String result() {
            return seen;
          }

          @Override
          public String timeout() {
            return result();
          }
        };
    try (var scope = TaskScope.open(joiner)) {
      scope.fork(() -> "it");
      assertThat(scope.join()).isEqualTo("inside of it");
    }
  }

  @Test
  void threadFactoryMayOpenAScopeAroundAndAfterTheBody() throws Exception {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    List<Object> seen = new CopyOnWriteArrayList<>();
    Runnable open =
        () -> {
          try (var scope = TaskScope.open()) {
            var subtask = scope.fork(() -> "inside");
            scope.join();
            seen.add(subtask.get());
          } catch (Throwable e) {
            thrown.add(e);
          }
        };
    try (var scope =
        TaskScope.open(cf ->
            cf.withThreadFactory(r ->
                new Thread(() -> {
                  open.run();
                  r.run();
                  open.run();
                })))) {
      scope.fork(() -> "body");
      scope.join();
    }
    assertThat(thrown).isEmpty();
    assertThat(seen).containsExactly("inside", "inside");
  }

  @Test
  void scopeOfASubtaskWithAHandlerOfItsOwnEndsWithTheOuterScope() throws Exception {
    HeldBody inside = new HeldBody();
    try (var scope = TaskScope.open()) {
      scope.fork(() -> {
        Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
        try (var inner = TaskScope.open()) {
          inner.fork(inside);
          inner.join();
        }
      });
      inside.awaitStarted();
      scope.cancel();
    }
    assertThat(inside.thread().isAlive()).isFalse();
  }

  @Test
  void failureInsideTravelsOutLayerByLayer() {
    IllegalStateException failure = new IllegalStateException("deep");
    assertThatThrownBy(() ->
            Parallel.all(() ->
                Parallel.all(() ->
                    Parallel.all(() -> {
                      throw failure;
                    }))))
        .isInstanceOf(ExecutionException.class)
        .hasRootCause(failure);
  }

  @Test
  void completionExceptionOfASubtaskKeepsItsOwnSuppressed() throws Exception {
    CompletionException own = new CompletionException("the subtask's own", null);
    HeldBody late = HeldBody.answering(new IllegalStateException("late"));
    Joiner<Object, Void, RuntimeException> joiner =
        new Joiner<>() {
          private final AtomicReference<Throwable> first = new AtomicReference<>();

          @Override
          public boolean onComplete(Subtask<Object> s) {
            return !first.compareAndSet(null, s.exception());
          }

          @Override
          public Void result() {
            throw (CompletionException) first.get();
          }

          @Override
          public Void timeout() {
            return result();
          }
        };
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(joiner)) {
                scope.fork(late);
                late.awaitStarted();
                HeldBody.awaitEnd(
                    scope.fork(() -> {
                      throw own;
                    }));
                scope.fork(() -> {
                  throw new IllegalStateException("second");
                });
                scope.join();
              }
            })
        .isSameAs(own);
    assertThat(own.getSuppressed()).isEmpty();
  }

  @Test
  void scopeThatACallbackLeavesOpenEndsWithItsSubtask() throws Exception {
    HeldBody leaked = new HeldBody();
    try (CapturedLog _ = CapturedLog.of(TaskScope.class);
        var scope =
            TaskScope.open(
                Joiner.<String>allUntil(_ -> {
                  TaskScope.open().fork(leaked);
                  return false;
                }))) {
      scope.fork(() -> "done");
      scope.join();
    }
    assertThat(leaked.hasStarted() && leaked.thread().isAlive()).isFalse();
  }
}
