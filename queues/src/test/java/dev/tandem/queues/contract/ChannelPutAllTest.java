package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.PartialPutInterruptedException;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Putting many at once: all, in order, or as many as the exception says.
public class ChannelPutAllTest extends ChannelContract {
  /// A collection that counts how often it is read.
  private static final class Counted extends AbstractCollection<Integer> {
    private final List<Integer> elements;
    int reads;

    Counted(List<Integer> elements) {
      this.elements = elements;
    }

    @Override
    public Iterator<Integer> iterator() {
      reads++;
      return elements.iterator();
    }

    @Override
    public int size() {
      return elements.size();
    }
  }

  /// {@return a thread that has begun to put the elements}
  private Caller<@Nullable Void> putAll(Channel<Integer> channel, Collection<Integer> elements) {
    return start(() -> {
      channel.putAll(elements);
      return null;
    });
  }

  /// {@return a thread that has put as many of the elements as fit, and waits} That it waits is not
  /// enough: a worker waits to be given room, too.
  private Caller<@Nullable Void> waitingPutAll(
      Channel<Integer> channel, Collection<Integer> elements) {
    Caller<@Nullable Void> putter = putAll(channel, elements);
    soon().until(() -> channel.size() == shape.capacity());
    return putter.awaitBlocked();
  }

  @Test
  void putsAllInOrder() throws Exception {
    Channel<Integer> channel = create();
    List<Integer> elements = ChannelShape.numbers(Math.min(shape.capacity(), 2_000));
    channel.putAll(elements);
    assertThat(channel.size()).isEqualTo(elements.size());
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(elements));
  }

  @Test
  void putsNothingOfAnEmptyCollection() throws Exception {
    Channel<Integer> channel = create();
    channel.putAll(List.of());
    assertThat(channel.size()).isZero();
  }

  @Test
  void waitsForRoomForMoreThanFits() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    List<Integer> elements = ChannelShape.numbers(3 * shape.capacity() + 2);
    Caller<?> putter = waitingPutAll(channel, elements);
    assertThat(channel.size()).isEqualTo(shape.capacity());
    List<Integer> taken = take(channel, elements.size());
    putter.result();
    assertThat(channel.stats().puts()).isEqualTo(elements.size());
    if (shape.order() == ChannelShape.Order.FIFO) {
      assertThat(taken).isEqualTo(elements);
    } else {
      assertThat(taken).containsExactlyInAnyOrderElementsOf(elements);
    }
  }

  @Test
  void wakesAllWhoWaitToTake() throws Exception {
    needsManyConsumers();
    Channel<Integer> channel = create();
    List<Caller<Integer>> takers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      takers.add(start(channel::take).awaitBlocked());
    }
    List<Integer> elements = ChannelShape.numbers(4);
    channel.putAll(elements);
    List<Integer> taken = new ArrayList<>();
    for (Caller<Integer> taker : takers) {
      taken.add(taker.result());
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(elements);
  }

  @Test
  void putsNothingWhenThereIsANull() throws Exception {
    Channel<Integer> channel = create();
    assertThatThrownBy(() -> channel.putAll(Arrays.asList(1, 2, null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("elements[2]: null (expected: not null)");
    assertThat(channel.size()).isZero();
    assertThat(channel.stats().puts()).isZero();
  }

  @Test
  void putsNothingWhenTheCollectionThrows() {
    Channel<Integer> channel = create();
    Iterator<Integer> failing =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            if (next == 2) {
              throw new IllegalStateException("no more");
            }
            return next++;
          }
        };
    AbstractCollection<Integer> elements =
        new AbstractCollection<>() {
          @Override
          public Iterator<Integer> iterator() {
            return failing;
          }

          @Override
          public int size() {
            return 4;
          }
        };
    assertThatThrownBy(() -> channel.putAll(elements))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no more");
    assertThat(channel.size()).isZero();
    assertThat(channel.stats().puts()).isZero();
  }

  @Test
  void collectionThatChangesItsArrayLaterChangesNothing() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    Object[] kept = ChannelShape.numbers(shape.capacity() + 2).toArray();
    List<Integer> before = ChannelShape.numbers(shape.capacity() + 2);
    AbstractCollection<Integer> elements =
        new AbstractCollection<>() {
          @Override
          public Iterator<Integer> iterator() {
            throw new UnsupportedOperationException("it gives its array");
          }

          @Override
          public int size() {
            return kept.length;
          }

          @Override
          public Object[] toArray() {
            return kept;
          }
        };
    Caller<?> putter = waitingPutAll(channel, elements);
    Arrays.fill(kept, null);
    List<Integer> taken = take(channel, before.size());
    putter.result();
    assertThat(channel.stats().puts()).isEqualTo(before.size());
    assertThat(taken).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void readsTheCollectionOnce() throws Exception {
    Channel<Integer> channel = create();
    Counted elements = new Counted(ChannelShape.numbers(Math.min(shape.capacity(), 3)));
    channel.putAll(elements);
    assertThat(elements.reads).isLessThanOrEqualTo(1);
    assertThat(channel.size()).isEqualTo(elements.size());
  }

  @Test
  void collectionMayChangeWhilePutAllWaits() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    List<Integer> elements = new ArrayList<>(ChannelShape.numbers(shape.capacity() + 2));
    List<Integer> before = List.copyOf(elements);
    Caller<?> putter = waitingPutAll(channel, elements);
    elements.clear();
    List<Integer> taken = take(channel, before.size());
    putter.result();
    assertThat(channel.stats().puts()).isEqualTo(before.size());
    assertThat(taken).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void interruptSaysHowManyWerePut() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    List<Integer> elements = ChannelShape.numbers(shape.capacity() + 50);
    Caller<?> putter = waitingPutAll(channel, elements);
    putter.interrupt();
    assertThat(putter.failure())
        .isInstanceOf(InterruptedException.class)
        .isInstanceOfSatisfying(
            PartialPutInterruptedException.class,
            e -> assertThat(e.acceptedCount()).isEqualTo(shape.capacity()))
        .message()
        .containsPattern("\\b" + shape.capacity() + "\\b");
    assertThat(takeAll(channel))
        .isEqualTo(shape.inTakeOrder(elements.subList(0, shape.capacity())));
  }

  @Test
  void interruptBeforePutAllSaysThatNoneWasPut() {
    Channel<Integer> channel = create();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> channel.putAll(List.of(1, 2)))
        .isInstanceOfSatisfying(
            PartialPutInterruptedException.class, e -> assertThat(e.acceptedCount()).isZero());
    assertThat(Thread.interrupted()).as("the flag").isFalse();
    assertThat(channel.size()).isZero();
  }

  @Test
  void putAllGoesOnAfterAnInterruptWhereItStopped() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    List<Integer> elements = ChannelShape.numbers(2 * shape.capacity() + 1);
    Caller<?> putter = waitingPutAll(channel, elements);
    putter.interrupt();
    int accepted = ((PartialPutInterruptedException) putter.failure()).acceptedCount();
    Caller<?> again = putAll(channel, elements.subList(accepted, elements.size()));
    List<Integer> taken = take(channel, elements.size());
    again.result();
    assertThat(taken).containsExactlyInAnyOrderElementsOf(elements);
  }

  @Test
  void closeSaysHowManyWerePut() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    Channel<Integer> channel = create();
    List<Integer> elements = ChannelShape.numbers(shape.capacity() + 50);
    Caller<?> putter = waitingPutAll(channel, elements);
    Throwable cause = new IllegalStateException("shut");
    channel.closeExceptionally(cause);
    assertThat(putter.failure())
        .isInstanceOfSatisfying(
            ChannelClosedException.class,
            e -> assertThat(e.acceptedCount()).isEqualTo(shape.capacity()))
        .satisfies(e -> assertThat(e.getCause()).is(theOne(cause)))
        .message()
        .containsPattern("\\b" + shape.capacity() + "\\b");
    assertThat(takeAll(channel))
        .isEqualTo(shape.inTakeOrder(elements.subList(0, shape.capacity())));
  }

  @Test
  void putAllAfterCloseSaysThatNoneWasPut() {
    Channel<Integer> channel = create();
    channel.close();
    assertThatThrownBy(() -> channel.putAll(List.of(1, 2)))
        .isInstanceOfSatisfying(
            ChannelClosedException.class, e -> assertThat(e.acceptedCount()).isZero())
        .message()
        .containsPattern("\\b(0|none|no)\\b");
  }

  @Test
  void manyPutAllsAndDrainsMoveEachElementOnce() throws Exception {
    Channel<Integer> channel = create();
    int many = shape.factory().many(3_000);
    int producers = shape.ends().singleProducer ? 1 : 3;
    List<Caller<?>> putters = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int first = p * many;
      putters.add(
          start(() -> {
            for (int i = first; i < first + many; i += 60) {
              channel.putAll(IntStream.range(i, i + 60).boxed().toList());
            }
            return null;
          }));
    }
    List<Integer> taken = new ArrayList<>();
    while (taken.size() < producers * many) {
      channel.drain(taken::add, 50, Duration.ofSeconds(20));
    }
    for (Caller<?> putter : putters) {
      putter.result();
    }
    assertThat(taken).hasSize(producers * many).doesNotHaveDuplicates();
  }
}
