package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The snippets of channels.md about closing. */
class ChannelCloseSnippetsTest {
  @Test
  void closingIsExact() throws Exception {
    // @start region="exact"
    Channel<Integer> channel = Channel.bounded(8);
    AtomicInteger accepted = new AtomicInteger();
    Future<Integer> delivered;
    try (var pool = Tandem.newThreadPool(3)) {
      for (int i = 0; i < 2; i++) {
        pool.execute(() -> {
          try {
            while (true) {
              channel.put(1);
              accepted.incrementAndGet();
            }
          } catch (ChannelClosedException _) {
            // then this element is not in the channel
          }
        });
      }
      delivered = pool.submit(() -> channel.stream().mapToInt(Integer::intValue).sum());
      await().until(() -> accepted.get() > 1_000);
      channel.close(); // by a fourth thread, in the middle of it all
    }
    assertThat(delivered.get()).isEqualTo(accepted.get());
    // @end
  }

  @Test
  void aFailedProducerLooksFailed() {
    List<String> pages = new ArrayList<>();
    // @start region="producer-fails"
    Channel<String> channel = Channel.bounded(10);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var fetching =
          net.submit(
              channel.producer(out -> {
                out.put(fetch("/a"));
                out.put(fetch("/broken")); // throws an IOException
              }));
      assertThatThrownBy(() -> channel.forEach(pages::add))
          .isInstanceOf(ChannelClosedException.class)
          .hasCauseInstanceOf(IOException.class); // the consumer knows that this is not all
      assertThat(pages).containsExactly("<html>/a</html>"); // and has what came before
      assertThatThrownBy(() -> fetching.get()).isInstanceOf(ExecutionException.class);
    }
    // @end
  }

  @Test
  void aFailedConsumerFreesTheProducer() {
    // @start region="consumer-fails"
    Channel<String> channel = Channel.bounded(1);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var storing =
          net.submit(
              channel.consumer(in -> {
                throw new IOException("disk full");
              }));
      assertThatThrownBy(
              () -> {
                while (true) {
                  channel.put("page"); // would wait for ever: no thread takes
                }
              })
          .isInstanceOf(ChannelClosedException.class)
          .hasRootCauseMessage("disk full");
      assertThatThrownBy(() -> storing.get()).hasRootCauseMessage("disk full");
    }
    // @end
  }

  @Test
  void closeNowHandsBack() throws Exception {
    List<String> closed = new ArrayList<>();
    record Connection(String name, List<String> closed) implements AutoCloseable {
      @Override
      public void close() {
        closed.add(name);
      }
    }
    Connection a = new Connection("a", closed);
    Connection b = new Connection("b", closed);
    Connection c = new Connection("c", closed);
    // @start region="close-now"
    Channel<Connection> idle = Channel.bounded(10, cf -> cf.withUndelivered(Connection::close));
    idle.putAll(List.of(a, b, c));
    Connection mine = idle.take();
    List<Connection> left = idle.closeNow(); // undelivered, and closed by the action
    assertThat(left).containsExactly(b, c);
    // @end
    assertThat(closed).containsExactly("b", "c");
    assertThat(mine).isEqualTo(a);
  }
}
