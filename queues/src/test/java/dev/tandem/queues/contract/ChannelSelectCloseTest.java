package dev.tandem.queues.contract;

import static dev.tandem.queues.Select.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Select;
import dev.tandem.testing.Caller;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A select over one channel of each shape that is closed, and one idle neighbour.
public class ChannelSelectCloseTest extends SelectContract {
  @Test
  void closeEndsTheWaitOfTheLastSource() throws Exception {
    Channel<Integer> channel = create();
    Caller<String> selector =
        start(() -> Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)))
            .awaitBlocked();
    channel.close();
    selector.awaitBlocked();
    idle.close();
    assertThat(selector.failure()).isInstanceOf(ChannelClosedException.class).hasNoCause();
  }

  @Test
  void sourceThatEndedDropsOut() throws Exception {
    Channel<Integer> channel = create();
    put(channel, Math.min(shape.capacity(), 1));
    channel.close();
    takeAll(channel);
    idle.put("a");
    for (int i = 0; i < 10; i++) {
      assertThat(Select.<String>select(channel.onTake(e -> "took " + e), onIdle()))
          .isEqualTo("idle a");
      idle.put("a");
    }
  }

  @Test
  void closedSourceStillGivesWhatIsLeft() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    channel.close();
    assertThat(Select.<Integer>select(channel.onTake(e -> e))).isEqualTo(0);
    assertClosed(() -> Select.<Integer>select(channel.onTake(e -> e)));
  }

  @Test
  void causeOfSourceIsThrownAtOnce() throws Exception {
    Throwable cause = new IOException("no feed");
    Channel<Integer> channel = create();
    Caller<String> selector =
        start(() -> Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)))
            .awaitBlocked();
    channel.closeExceptionally(cause);
    assertClosed(
        cause,
        () -> {
          throw selector.failure();
        });
    assertClosed(cause, () -> Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)));
    assertClosed(
        cause,
        () ->
            Select.<String>select(
                channel.onTake(e -> "took " + e), after(SHORT, () -> "time"), onIdle()));
  }

  @Test
  void causeIsThrownOnlyWhenTheSourceIsEmpty() throws Exception {
    Throwable cause = new IOException("no feed");
    Channel<Integer> channel = create();
    put(channel, 1);
    channel.closeExceptionally(cause);
    assertThat(Select.<Integer>select(channel.onTake(e -> e))).isEqualTo(0);
    assertClosed(cause, () -> Select.<Integer>select(channel.onTake(e -> e)));
  }

  @Test
  void closedSinkIsThrownAtOnce() throws Exception {
    Channel<Integer> channel = create();
    channel.close();
    assertClosed(() -> Select.<String>select(onIdle(), channel.onPut(1, () -> "put")));
    assertClosed(
        () -> Select.<String>select(after(SHORT, () -> "time"), channel.onPut(1, () -> "put")));
  }

  @Test
  void closeEndsTheWaitForRoom() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    Throwable cause = new IOException("nobody reads");
    Channel<Integer> channel = create();
    Caller<String> selector = selectorOfFull(channel);
    channel.closeExceptionally(cause);
    assertClosed(
        cause,
        () -> {
          throw selector.failure();
        });
    assertThat(takeAll(channel)).hasSize(shape.capacity()).doesNotContain(-1);
  }
}
