package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What scopes.md says about who may fork, join and close, and when. */
class ScopeOrderSnippetsTest {
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
}
