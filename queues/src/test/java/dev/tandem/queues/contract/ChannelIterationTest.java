package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Loops and streams over a channel take what comes until it ends.
public class ChannelIterationTest extends ChannelContract {
  private static final int MANY = 500;

  @AfterEach
  void clearFlag() {
    var _ = Thread.interrupted();
  }

  /// {@return a thread that puts many elements and closes}
  private Caller<?> startProducer(Channel<Integer> channel) {
    return start(() -> {
      for (int i = 0; i < MANY; i++) {
        channel.put(i);
      }
      channel.close();
      return null;
    });
  }

  private void assertManyInOrder(List<Integer> taken) {
    assertThat(taken).hasSize(MANY).doesNotHaveDuplicates();
    if (shape.order() == ChannelShape.Order.FIFO) {
      assertThat(taken).isSorted();
    }
  }

  @Test
  void loopTakesWhatComesUntilTheChannelIsClosed() throws Exception {
    Channel<Integer> channel = create();
    Caller<?> producer = startProducer(channel);
    List<Integer> taken = new ArrayList<>();
    for (Integer element : channel) {
      taken.add(element);
    }
    producer.result();
    assertManyInOrder(taken);
    assertThat(channel.isDrained()).isTrue();
  }

  @Test
  void streamTakesWhatComesUntilTheChannelIsClosed() throws Exception {
    Channel<Integer> channel = create();
    Caller<?> producer = startProducer(channel);
    List<Integer> taken = channel.stream().map(element -> element + 1).toList();
    producer.result();
    assertManyInOrder(taken);
  }

  @Test
  void severalLoopsShareTheElements() throws Exception {
    needsManyConsumers();
    Channel<Integer> channel = create();
    List<Caller<List<Integer>>> loops = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      loops.add(
          start(() -> {
            List<Integer> taken = new ArrayList<>();
            channel.iterator().forEachRemaining(taken::add);
            return taken;
          }));
    }
    startProducer(channel).result();
    List<Integer> taken = new ArrayList<>();
    for (Caller<List<Integer>> loop : loops) {
      taken.addAll(loop.result());
    }
    assertThat(taken).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void hasNextTakesOneElementHoweverOftenItIsAsked() {
    needsRoomFor(2);
    Channel<Integer> channel = create();
    List<Integer> expected = shape.inTakeOrder(put(channel, 2));
    Iterator<Integer> iterator = channel.iterator();
    assertThat(channel.size()).as("taken by making an iterator").isEqualTo(2);
    for (int i = 0; i < 3; i++) {
      assertThat(iterator.hasNext()).isTrue();
      assertThat(channel.size()).isEqualTo(1);
    }
    assertThat(iterator.next()).isEqualTo(expected.get(0));
    assertThat(iterator.next()).isEqualTo(expected.get(1));
  }

  @Test
  void hasNextThatTookTheLastElementStaysTrueAfterTheEnd() {
    Channel<Integer> channel = create();
    put(channel, 1);
    Iterator<Integer> iterator = channel.iterator();
    assertThat(iterator.hasNext()).isTrue();
    channel.close();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isEqualTo(0);
    assertThat(iterator.hasNext()).isFalse();
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void nextWorksWithoutHasNextAndEndsAsIteratorsDo() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 3));
    channel.close();
    Iterator<Integer> iterator = channel.iterator();
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < put.size(); i++) {
      taken.add(iterator.next());
    }
    assertThat(taken).isEqualTo(shape.inTakeOrder(put));
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void iteratorCannotRemove() {
    Channel<Integer> channel = create();
    put(channel, 1);
    Iterator<Integer> iterator = channel.iterator();
    assertThat(iterator.next()).isEqualTo(0);
    assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void streamIsLazyAndSequential() {
    Channel<Integer> channel = create();
    needsRoomFor(3);
    List<Integer> expected = shape.inTakeOrder(put(channel, 3));
    Stream<Integer> stream = channel.stream();
    assertThat(stream.isParallel()).isFalse();
    Stream<Integer> two = stream.limit(2);
    assertThat(channel.size()).isEqualTo(3);
    assertThat(two).isEqualTo(expected.subList(0, 2));
    assertThat(channel.size()).isEqualTo(1);
    assertThat(channel.stream().findFirst()).hasValue(expected.get(2));
    assertThat(channel.size()).isZero();
  }

  @Test
  void streamTakesTheNextElementOnlyAfterTheOneBefore() {
    Channel<Integer> channel = create();
    needsRoomFor(3);
    put(channel, 3);
    channel.close();
    List<Integer> left = new ArrayList<>();
    channel.stream().forEach(_ -> left.add(channel.size()));
    assertThat(left).containsExactly(2, 1, 0);
  }

  @Test
  void interruptOfWaitCancelsAndKeepsTheFlag() throws Exception {
    Channel<Integer> channel = create();
    for (Callable<?> wait :
        List.<Callable<?>>of(
            () -> channel.iterator().hasNext(),
            () -> channel.iterator().next(),
            () -> channel.stream().toList(),
            () -> channel.stream().findAny())) {
      Caller<?> caller = start(wait).awaitBlocked();
      caller.interrupt();
      assertThat(caller.failure()).isInstanceOf(CancellationException.class);
      assertThat(caller.keptTheFlag()).isTrue();
    }
    Caller<Integer> next = start(channel::take).awaitBlocked();
    channel.put(1);
    assertThat(next.result()).isEqualTo(1);
  }

  @Test
  void interruptBeforeWaitCancelsAndKeepsTheFlag() {
    Channel<Integer> channel = create();
    Thread.currentThread().interrupt();
    Iterator<Integer> iterator = channel.iterator();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(iterator::hasNext).isInstanceOf(CancellationException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
    assertThatThrownBy(() -> channel.stream().count()).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void iteratorGoesOnAfterAnInterrupt() {
    Channel<Integer> channel = create();
    Iterator<Integer> iterator = channel.iterator();
    Thread.currentThread().interrupt();
    assertThatThrownBy(iterator::hasNext).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    put(channel, 1);
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isEqualTo(0);
  }

  @Test
  void spliteratorEndsLikeTheIterator() throws Exception {
    Channel<Integer> channel = create();
    Caller<?> producer = startProducer(channel);
    List<Integer> taken = new ArrayList<>();
    channel.spliterator().forEachRemaining(taken::add);
    producer.result();
    assertManyInOrder(taken);
  }
}
