package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.CapturedLog;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What scopes.md says under "What happens when". */
class ScopeEdgeSnippetsTest {
  @Test
  void aThreadCannotStart() {
    ThreadFactory outOfMemory =
        body -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    // @start region="cannot-start"
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(cf -> cf.withThreadFactory(outOfMemory))) {
                scope.fork(() -> fetch("/a")); // throws nothing: it is a subtask that failed
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class)
        .hasRootCauseMessage("unable to create native thread");
    // @end
  }

  @Test
  void aCallbackOfTheJoinerThrows() {
    // @start region="callback-throws"
    class Broken implements Joiner<String, @Nullable Void, RuntimeException> {
      @Override
      public boolean onComplete(Subtask<String> s) {
        throw new IllegalStateException("a bug in the joiner");
      }

      @Override
      public @Nullable Void result() {
        return null; // is not asked
      }

      @Override
      public @Nullable Void timeout() {
        return null;
      }
    }

    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(new Broken())) {
                scope.fork(() -> fetchFromDeadServer()); // is stopped
                scope.fork(() -> fetch("/a"));
                scope.join();
              }
            })
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("a bug in the joiner");
    // @end
  }

  @Test
  void theScopeIsLeftWithoutAJoin() {
    try (var log = CapturedLog.ofAll()) {
      // @start region="no-join"
      try (var scope = TaskScope.open(cf -> cf.withName("checkout"))) {
        scope.fork(() -> fetchFromDeadServer()); // is interrupted at the end of the block
      } // throws nothing; logs a warning:
      assertThat(log.messages())
          .contains("scope checkout was left without join; what had not completed was cancelled");
      // @end
    }
  }

  @Test
  void theBlockThrows() {
    // @start region="block-throws"
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open()) {
                scope.fork(() -> fetchFromDeadServer()); // is interrupted and waited for
                throw new IllegalStateException("in the block");
              }
            })
        .hasMessage("in the block")
        .hasNoSuppressedExceptions();
    // @end
  }

  @Test
  void aSubtaskForksInAScopeThatWasCancelled() throws Exception {
    AtomicReference<@Nullable Subtask<String>> late = new AtomicReference<>();
    // @start region="fork-late"
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      CountDownLatch running = new CountDownLatch(1);
      scope.fork(() -> {
        running.countDown();
        try {
          return fetchFromDeadServer();
        } finally { // it has been told to stop
          late.set(scope.fork(() -> fetch("/a"))); // throws nothing, and never runs
        }
      });
      running.await();
      scope.cancel();
      scope.join();
    }
    assertThat(late.get().outcome()).isEqualTo(new Cancelled<>());
    // @end
  }

  @Test
  void nothingWasForked() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      assertThat(scope.join()).isEqualTo(List.of());
    }
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(Joiner.<String>anySuccessfulOrThrow())) {
                scope.join();
              }
            })
        .hasCauseInstanceOf(java.util.NoSuchElementException.class);
  }

  @Test
  void aSubtaskLeavesAScopeOpen() throws Exception {
    AtomicReference<@Nullable Subtask<String>> left = new AtomicReference<>();
    try (var scope = TaskScope.open()) {
      scope.fork(() -> {
        TaskScope<String, ?, ?> open = TaskScope.open();
        left.set(open.fork(() -> fetchFromDeadServer()));
      });
      scope.join();
      assertThat(left.get().outcome()).isEqualTo(new Cancelled<>()); // closed when the body ended
    }
  }
}
