package dev.tandem.queues.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/// The view of a closed channel.
class BlockingQueueClosedTest extends BlockingQueueContract {
  @Test
  void everyInsertIsRefused() {
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    channel.close();
    assertClosed(() -> queue.put(1));
    assertClosed(() -> queue.offer(1));
    assertClosed(() -> queue.offer(1, 1, MILLISECONDS));
    assertClosed(() -> queue.add(1));
    assertClosed(() -> queue.addAll(List.of(1)));
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void pollGivesNullAtTheEndAndTakeThrows() throws Exception {
    Throwable cause = new IOException("gone");
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 3));
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    channel.closeExceptionally(cause);
    assertThat(pollAll(queue)).isEqualTo(shape.inTakeOrder(put));
    assertThat(queue.poll()).isNull();
    assertThat(queue.poll(1, MILLISECONDS)).isNull();
    assertThat(queue.peek()).isNull();
    assertThat(queue.drainTo(new ArrayList<>())).isZero();
    queue.clear();
    assertClosed(cause, queue::take);
    assertClosed(cause, () -> queue.put(1));
  }

  @Test
  void closeEndsTheWaits() throws Exception {
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    Caller<Integer> poller = start(() -> queue.poll(50, SECONDS)).awaitBlocked();
    channel.close();
    assertThat(poller.result()).isNull();
    Channel<Integer> other = create();
    Caller<Integer> taker = start(() -> other.asBlockingQueue().take()).awaitBlocked();
    other.close();
    assertThat(taker.failure()).isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void whatIsLeftCanStillBeSeenAndRemoved() {
    needsInterior();
    Channel<Integer> channel = create();
    needsRoomFor(2);
    List<Integer> put = put(channel, 2);
    channel.close();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    assertThat(new ArrayList<>(queue)).isEqualTo(shape.inTakeOrder(put));
    assertThat(queue.remove(put.getFirst())).isTrue();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.peek()).isEqualTo(put.getLast());
    assertThat(channel.isDrained()).isFalse();
    queue.clear();
    assertThat(channel.isDrained()).isTrue();
    assertClosed(channel::take);
  }
}
