package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Batches have what has come, lose nothing, and end with the channel.
public class ChannelBatchesTest extends ChannelContract {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final int MANY = 300;

  @AfterEach
  void clearFlag() {
    var _ = Thread.interrupted();
  }

  private static List<Integer> joined(List<List<Integer>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  @Test
  void fullBatchesDoNotWaitAndTheLastOneEndsWithTheChannel() {
    needsRoomFor(3);
    Channel<Integer> channel = create();
    List<Integer> expected = shape.inTakeOrder(put(channel, 3));
    channel.close();
    List<List<Integer>> batches = channel.batches(2, LONG).toList();
    assertThat(batches).containsExactly(expected.subList(0, 2), expected.subList(2, 3));
    assertThat(channel.batches(2, LONG)).isEmpty();
  }

  @Test
  void batchThatDoesNotFillEndsAfterItsTime() {
    needsRoomFor(2);
    Channel<Integer> channel = create();
    List<Integer> expected = shape.inTakeOrder(put(channel, 2));
    long start = System.nanoTime();
    assertThat(channel.batches(3, SHORT).findFirst()).hasValue(expected);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void batchThatMayNotWaitHasWhatIsThere() {
    needsRoomFor(2);
    Channel<Integer> channel = create();
    List<Integer> expected = shape.inTakeOrder(put(channel, 2));
    assertThat(channel.batches(3, Duration.ZERO).findFirst()).hasValue(expected);
  }

  @Test
  void firstElementIsWaitedForAsLongAsItTakes() throws Exception {
    Channel<Integer> channel = create();
    Caller<List<Integer>> batcher =
        start(() -> channel.batches(3, Duration.ZERO).findFirst().orElseThrow()).awaitBlocked();
    channel.put(7);
    assertThat(batcher.result()).containsExactly(7);
  }

  @Test
  void elementsThatComeInTimeJoinTheBatch() throws Exception {
    Channel<Integer> channel = create();
    Caller<List<Integer>> batcher =
        start(() -> channel.batches(3, LONG).findFirst().orElseThrow()).awaitBlocked();
    for (int i = 0; i < 3; i++) {
      channel.put(i);
      soon().until(() -> channel.size() == 0);
    }
    assertThat(batcher.result()).containsExactly(0, 1, 2);
  }

  @Test
  void closeEndsTheBatchThatWaits() throws Exception {
    Channel<Integer> channel = create();
    Caller<List<List<Integer>>> batcher =
        start(() -> channel.batches(3, LONG).toList()).awaitBlocked();
    channel.put(7);
    soon().until(() -> channel.size() == 0);
    channel.close();
    assertThat(batcher.result()).containsExactly(List.of(7));
  }

  /// {@return a thread that has taken one element, and waits for more of the batch}
  private Caller<?> batcherOfOne(Channel<Integer> channel, List<List<Integer>> batches)
      throws InterruptedException {
    Caller<?> batcher =
        start(() -> {
          channel.batches(3, LONG).forEach(batches::add);
          return null;
        });
    channel.put(7);
    soon().until(() -> channel.size() == 0);
    return batcher;
  }

  @Test
  void causeOfTheCloseComesAfterTheBatch() throws Exception {
    Channel<Integer> channel = create();
    IllegalStateException cause = new IllegalStateException("broken");
    List<List<Integer>> batches = new ArrayList<>();
    Caller<?> batcher = batcherOfOne(channel, batches);
    channel.closeExceptionally(cause);
    Throwable failure = batcher.failure();
    assertClosed(
        cause,
        () -> {
          throw failure;
        });
    assertThat(batches).containsExactly(List.of(7));
  }

  @Test
  void interruptEndsTheBatchThatWaitsAndThenTheLoop() throws Exception {
    Channel<Integer> channel = create();
    List<List<Integer>> batches = new ArrayList<>();
    Caller<?> batcher = batcherOfOne(channel, batches);
    batcher.awaitBlocked().interrupt();
    assertThat(batcher.failure()).isInstanceOf(CancellationException.class);
    assertThat(batcher.keptTheFlag()).isTrue();
    assertThat(batches).containsExactly(List.of(7));
  }

  @Test
  void nothingIsTakenBeforeItIsAskedFor() {
    needsRoomFor(3);
    Channel<Integer> channel = create();
    List<Integer> expected = shape.inTakeOrder(put(channel, 3));
    Stream<List<Integer>> one = channel.batches(2, LONG).limit(1);
    assertThat(channel.size()).isEqualTo(3);
    assertThat(one).containsExactly(expected.subList(0, 2));
    assertThat(channel.size()).isEqualTo(1);
  }

  @Test
  void iteratorOfBatchesEndsAsIteratorsDo() {
    needsRoomFor(1);
    Channel<Integer> channel = create();
    put(channel, 1);
    channel.close();
    Iterator<List<Integer>> batches = channel.batches(2, LONG).iterator();
    assertThat(batches.hasNext()).isTrue();
    assertThat(batches.next()).containsExactly(0);
    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void severalThreadsGetEachElementOnce() throws Exception {
    Channel<Integer> channel = create();
    AtomicInteger kind = new AtomicInteger();
    List<List<Integer>> taken =
        moveMany(
            channel,
            1,
            MANY,
            () -> {
              int max = 1 + kind.getAndIncrement() * 6;
              List<List<Integer>> batches = channel.batches(max, Duration.ofMillis(1)).toList();
              assertThat(batches).allMatch(batch -> !batch.isEmpty() && batch.size() <= max);
              return joined(batches);
            });
    assertThat(joined(taken)).hasSize(MANY).doesNotHaveDuplicates();
    if (shape.order() == ChannelShape.Order.FIFO) {
      assertThat(taken).allSatisfy(own -> assertThat(own).isSorted());
    }
  }

  @Test
  void argumentsThatCannotBeAreRefused() {
    Channel<Integer> channel = create();
    assertThatThrownBy(() -> channel.batches(0, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max: 0 (expected: > 0)");
    assertThatThrownBy(() -> channel.batches(1, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("wait: null (expected: not null)");
  }
}
