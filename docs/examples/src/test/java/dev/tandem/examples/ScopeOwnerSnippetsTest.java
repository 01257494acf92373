package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Source;
import dev.tandem.structured.TaskScope;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The snippets of scopes.md about owners that do something else than fork and join. */
class ScopeOwnerSnippetsTest {
  private final List<String> paths = Collections.nCopies(100, "/a");

  private static void store(Source<String> pages) throws IOException, InterruptedException {
    throw new IOException("no room on the disk for " + pages.take());
  }

  @Test
  void theTrap() throws Exception {
    AtomicReference<Exception> ending = new AtomicReference<>();
    // @start region="trap"
    Channel<String> pages = Channel.bounded(10);
    Thread owner =
        Thread.ofVirtual()
            .start(() -> {
              try (var scope = TaskScope.open()) {
                scope.fork(() -> store(pages)); // fails at the first page
                pages.putAll(paths); // waits for room that nobody will ever make
                pages.close();
                scope.join(); // would tell of the failure, but is never reached
              } catch (Exception e) {
                ending.set(e);
              }
            });
    assertThat(owner.join(Duration.ofMillis(500))).isFalse(); // the owner hangs
    // @end
    owner.interrupt();
    assertThat(owner.join(Duration.ofSeconds(20))).isTrue();
    assertThat(ending.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void outOfTheTrap() {
    // @start region="no-trap"
    Channel<String> pages = Channel.bounded(10);
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open()) {
                scope.fork(pages.consumer(in -> store(in))); // a failure closes the channel
                try {
                  pages.putAll(paths);
                  pages.close();
                } catch (ChannelClosedException _) {
                  // the consumer has failed; join says why
                }
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no room on the disk for /a");
    // @end
  }

  @Test
  void theOwnerForksAndJoins() {
    // @start region="fork-and-join"
    Channel<String> pages = Channel.bounded(10);
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open()) {
                scope.fork(pages.producer(out -> out.putAll(paths))); // closes when it is done
                scope.fork(() -> store(pages)); // fails, and the producer is interrupted
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no room on the disk for /a");
    // @end
  }
}
