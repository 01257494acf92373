package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
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
    try (var log = new CapturedLog()) {
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
  void anOwnerOfAnyKind() throws Exception {
    Callable<String> body =
        () -> {
          try (var scope = TaskScope.open()) {
            Subtask<String> page = scope.fork(() -> fetch("/a"));
            scope.join();
            return page.get();
          }
        };
    try (var platform = Executors.newSingleThreadExecutor();
        var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(platform.submit(body).get()).isEqualTo("<html>/a</html>");
      assertThat(virtual.submit(body).get()).isEqualTo("<html>/a</html>");
    }
  }

  @Test
  void closedTwiceByAStrangerAndOutOfOrder() throws Exception {
    // @start region="close"
    TaskScope<String, ?, ?> outer = TaskScope.open();
    TaskScope<String, ?, ?> inner = TaskScope.open();

    try (var stranger = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThatThrownBy(() -> stranger.submit(() -> inner.close()).get())
          .hasCauseInstanceOf(WrongThreadException.class); // and nothing else happens
      assertThatThrownBy(() -> stranger.submit(() -> inner.fork(() -> fetch("/a"))).get())
          .hasCauseInstanceOf(WrongThreadException.class);
    }

    assertThatIllegalStateException().isThrownBy(() -> outer.close()); // both are closed now
    assertThatIllegalStateException().isThrownBy(() -> inner.fork(() -> fetch("/a")));

    inner.close(); // closing again does nothing
    outer.close();
    // @end
  }

  @Test
  void theOrderOfForkJoinAndGet() throws Exception {
    // @start region="order"
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> broken = scope.fork(() -> fetch("/broken"));
      assertThatIllegalStateException().isThrownBy(() -> broken.get()); // before join
      scope.join();
      assertThatIllegalStateException().isThrownBy(() -> broken.get()); // it has failed
      assertThatIllegalStateException().isThrownBy(() -> scope.join()); // again
      assertThatIllegalStateException().isThrownBy(() -> scope.fork(() -> fetch("/a"))); // after
    }
    // @end
  }

  @Test
  void theOwnerIsInterrupted() throws Exception {
    // @start region="interrupt"
    try (var scope = TaskScope.open()) {
      CountDownLatch go = new CountDownLatch(1);
      Subtask<String> page =
          scope.fork(() -> {
            go.await();
            return fetch("/a");
          });
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> scope.join()).isInstanceOf(InterruptedException.class);
      go.countDown();
      scope.join(); // an owner that wants to go on joins again; the others leave the block
      assertThat(page.get()).isEqualTo("<html>/a</html>");
    }
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
