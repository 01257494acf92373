package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelStats;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.testing.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The figures of a channel.
public class ChannelStatsTest extends ChannelContract {
  @Test
  void newChannelHasCountedNothing() {
    assertStats(create(), 0, false);
  }

  @Test
  void nameIsTheConfiguredOne() {
    assertThat(create(cf -> cf.withName("orders")).stats().name()).isEqualTo("orders");
  }

  @Test
  void everyWayToPutAndTakeIsCounted() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(3);
    channel.put(1);
    putNow(channel, 2);
    channel.putAll(List.of(3));
    assertThat(channel.stats().puts()).isEqualTo(3);
    assertThat(channel.stats().takes()).isZero();
    assertThat(channel.stats().size()).isEqualTo(3);
    assertThat(channel.take()).isNotNull();
    assertThat(channel.poll()).isNotNull();
    assertThat(channel.stats().takes()).isEqualTo(2);
    assertThat(channel.drain(_ -> {}, 5)).isEqualTo(1);
    assertStats(channel, 3, false);
  }

  @Test
  void whatWasRefusedIsNotCounted() {
    Channel<Integer> channel = create();
    fill(channel);
    assertThat(channel.offer(-1)).isFalse();
    assertThat(channel.stats().puts()).isEqualTo(shape.capacity());
    channel.close();
    assertClosed(() -> channel.put(-1));
    assertThat(channel.stats().puts()).isEqualTo(shape.capacity());
    assertThat(takeAll(channel)).hasSize(shape.capacity());
    assertThat(channel.stats().takes()).isEqualTo(shape.capacity());
  }

  @Test
  void waitingTakersAreCountedAsParked() throws Exception {
    needs(Need.COUNTED_WAITS);
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(channel::take).awaitBlocked();
    assertThat(channel.stats().takeParks()).isPositive();
    assertThat(channel.stats().putParks()).isZero();
    channel.put(1);
    assertThat(taker.result()).isEqualTo(1);
    assertThat(channel.stats().puts()).isEqualTo(1);
    assertThat(channel.stats().takes()).isEqualTo(1);
  }

  @Test
  void waitingPuttersAreCountedAsParked() throws Exception {
    needs(Need.COUNTED_WAITS);
    Channel<Integer> channel = create();
    needsBound();
    Caller<?> putter = putterOfFull(channel, -1);
    assertThat(channel.stats().putParks()).isPositive();
    assertThat(channel.stats().takeParks()).isZero();
    assertThat(channel.take()).isNotNull();
    putter.result();
    assertThat(channel.stats().puts()).isEqualTo(shape.capacity() + 1);
  }

  @Test
  void closeShows() {
    Channel<Integer> channel = create();
    int n = put(channel, Math.min(shape.capacity(), 2)).size();
    channel.close();
    assertThat(channel.stats().closed()).isTrue();
    assertThat(channel.stats().size()).isEqualTo(n);
    assertThat(channel.closeNow()).hasSize(n);
    assertStats(channel, n, true);
  }

  /// Asserts that so many elements were put and taken, and that no thread has waited.
  private void assertStats(Channel<Integer> channel, int moved, boolean closed) {
    ChannelStats stats = channel.stats();
    assertThat(
            List.of(
                stats.name(),
                stats.capacity(),
                stats.size(),
                stats.puts(),
                stats.takes(),
                stats.putParks(),
                stats.takeParks(),
                stats.closed()))
        .containsExactly(
            "channel", shape.capacity(), 0, (long) moved, (long) moved, 0L, 0L, closed);
  }
}
