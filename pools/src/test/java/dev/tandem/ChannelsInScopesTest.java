package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.structured.TaskScope;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// An owner that feeds a channel: it is not interrupted when a subtask fails, so the other end of
/// the channel must tell it.
class ChannelsInScopesTest {
  private final IllegalStateException failure = new IllegalStateException("the consumer's own");

  @Test
  void ownerInPutIsFreedWhenTheOnlyConsumerDies() throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    HeldTask taken = new HeldTask();
    Caller<Throwable> owner =
        Caller.start(() -> {
          Throwable[] inPut = {null};
          Throwable thrown =
              catchThrowable(() -> {
                try (var scope = TaskScope.open()) {
                  scope.fork(
                      channel.consumer(in -> {
                        in.take();
                        taken.call();
                        throw failure;
                      }));
                  inPut[0] =
                      catchThrowable(() -> {
                        while (true) {
                          channel.put(1);
                        }
                      });
                  scope.join();
                }
              });
          assertThat(inPut[0]).isInstanceOf(ChannelClosedException.class).hasCause(failure);
          return thrown;
        });
    taken.awaitStarted();
    owner.awaitBlocked(); // the channel is full, nobody takes
    taken.release();
    assertThat(owner.result()).isInstanceOf(ExecutionException.class).hasCause(failure);
    assertThat(owner.keptTheFlag()).isFalse();
  }

  @Test
  void withoutConsumerTheOwnerStaysInPut() throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    HeldTask taken = new HeldTask();
    Caller<Object> owner =
        Caller.start(() -> {
          try (var scope = TaskScope.open()) {
            scope.fork(() -> {
              channel.take();
              taken.call();
              throw failure;
            });
            while (true) {
              channel.put(1);
            }
          }
        });
    taken.awaitStarted();
    owner.awaitBlocked();
    taken.release();
    assertThat(owner.awaitBlocked().isDone()).as("the trap: it waits for ever").isFalse();
    owner.interrupt();
    assertThat(owner.failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void pipelineEndsWhenAStageFails() throws Exception {
    Channel<Integer> numbers = Channel.bounded(2);
    Channel<String> texts = Channel.bounded(2);
    List<String> written = new CopyOnWriteArrayList<>();
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open()) {
            scope.fork(
                numbers.producer(out -> {
                  for (int i = 0; ; i++) {
                    out.put(i);
                  }
                }));
            scope.fork(
                texts.producer(out -> {
                  for (int n : numbers) {
                    out.put("n" + n);
                  }
                }));
            scope.fork(
                texts.consumer(in -> {
                  for (String text : in) {
                    written.add(text);
                    if (written.size() == 10) {
                      throw failure;
                    }
                  }
                }));
            scope.join();
          }
        });
    // the stage before it may fail first: its channel closes before the consumer's own fork ends
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasRootCause(failure);
    assertThat(written).hasSize(10).startsWith("n0").endsWith("n9");
  }
}
