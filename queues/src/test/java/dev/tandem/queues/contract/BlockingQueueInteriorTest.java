package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The promises of the view about its middle while other threads change it.
class BlockingQueueInteriorTest extends BlockingQueueContract {
  private static final int ROUNDS = 300;

  /// An element that counts its comparisons.
  private static final class Counting {
    private final Integer value;
    int asked;

    Counting(Integer value) {
      this.value = value;
    }

    @Override
    public boolean equals(Object o) {
      asked++;
      assertThat(o).as("an element").isNotNull();
      return value.equals(o);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  /// The queue holds at least one 7 at every moment.
  @Test
  void elementThatIsAlwaysThereIsAlwaysFound() throws Exception {
    needsInterior();
    needsManyProducers();
    needsManyConsumers();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(7));
    AtomicBoolean stop = new AtomicBoolean();
    Caller<?> mover =
        start(() -> {
          while (!stop.get()) {
            queue.add(7);
            queue.poll();
          }
          return null;
        });
    try {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(queue.contains(7)).isTrue();
        assertThat(queue.toArray()).isNotEmpty().containsOnly(7);
        assertThat(queue.iterator().hasNext()).isTrue();
        assertThat(queue.stream().toList()).isNotEmpty();
        assertThat(queue.remove(7)).isTrue();
        queue.add(7);
      }
    } finally {
      stop.set(true);
      mover.result();
    }
  }

  @Test
  void arrayShowsOneMoment() throws Exception {
    needsInterior();
    needsRoomFor(3);
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    AtomicBoolean stop = new AtomicBoolean();
    // At every moment there are n, n + 1 or n, n + 1, n + 2.
    channel.put(0);
    channel.put(1);
    Caller<?> mover =
        start(() -> {
          for (int i = 2; !stop.get(); i++) {
            queue.add(i);
            queue.poll();
          }
          return null;
        });
    try {
      for (int i = 0; i < ROUNDS && shape.order() != ChannelShape.Order.LIFO; i++) {
        Integer[] all = queue.toArray(Integer[]::new);
        assertThat(all.length).isBetween(2, 3);
        assertThat(all[all.length - 1] - all[0]).as("no gap").isEqualTo(all.length - 1);
      }
    } finally {
      stop.set(true);
      mover.result();
    }
  }

  @Test
  void searchAsksNoMoreThanItMust() {
    needsInterior();
    needsRoomFor(3);
    List<Integer> some = ChannelShape.numbers(Math.min(shape.capacity(), 1_000));
    BlockingQueue<Integer> queue = queueOf(some);
    Counting head = new Counting(shape.inTakeOrder(some).getFirst());
    assertThat(queue.contains(head)).isTrue();
    assertThat(head.asked).isEqualTo(1);
    Counting absent = new Counting(-1);
    assertThat(queue.contains(absent)).isFalse();
    assertThat(absent.asked).isBetween(some.size(), some.size() + 64);
  }

  /// User code that runs while something is locked, or takers are held off, cannot use the queue.
  @Test
  void otherThreadsMayUseTheQueueWhileTheUsersCodeRuns() throws Exception {
    needsInterior();
    needsManyConsumers();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2, 3));
    AtomicInteger runs = new AtomicInteger();
    Object asking =
        new Object() {
          @Override
          public boolean equals(Object o) {
            usedByAnother(queue, runs);
            return false;
          }

          @Override
          public int hashCode() {
            return 1;
          }
        };
    assertThat(queue.contains(asking)).isFalse();
    assertThat(queue.remove(asking)).isFalse();
    assertThat(
            queue.removeIf(e -> {
              usedByAnother(queue, runs);
              return false;
            }))
        .isFalse();
    queue.forEach(e -> usedByAnother(queue, runs));
    assertThat(runs).hasValueGreaterThanOrEqualTo(12);
  }

  private void usedByAnother(BlockingQueue<Integer> queue, AtomicInteger runs) {
    try {
      int taken =
          start(
                  () -> {
                    int head = queue.take();
                    queue.put(head);
                    return head;
                  })
              .result();
      assertThat(taken).isBetween(1, 3);
      runs.incrementAndGet();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void predicateThatThrowsRemovesNothing() {
    needsInterior();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2, 3));
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() ->
            queue.removeIf(e -> {
              if (asked.incrementAndGet() == 3) {
                throw new IllegalArgumentException("no");
              }
              return true;
            }))
        .hasMessage("no");
    assertThat(pollAll(queue)).isEqualTo(shape.inTakeOrder(List.of(1, 2, 3)));
  }

  @Test
  void roomOfRemovedElementsCanBeUsedAtOnce() {
    needsInterior();
    needsBound();
    needsRoomFor(3);
    Channel<Integer> channel = create();
    List<Integer> all = new ArrayList<>(fill(channel));
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    for (int i = 0; i < 50; i++) {
      Integer old = all.remove(all.size() / 2);
      assertThat(queue.remove(old)).isTrue();
      assertThat(queue.remainingCapacity()).isEqualTo(1);
      Integer added = 10_000 + i;
      assertThat(queue.offer(added)).isTrue();
      assertThat(queue.offer(-1)).isFalse();
      all.add(added);
    }
    assertThat(pollAll(queue)).isEqualTo(shape.inTakeOrder(all));
  }

  @Test
  void streamAndSpliteratorSeeWhatIsThereWhenTheyAreUsed() {
    needsInterior();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1));
    Stream<Integer> stream = queue.stream();
    Stream<Integer> parallel = queue.parallelStream();
    Spliterator<Integer> spliterator = queue.spliterator();
    assertThat(spliterator.hasCharacteristics(Spliterator.CONCURRENT)).isTrue();
    assertThat(spliterator.hasCharacteristics(Spliterator.SIZED)).isFalse();
    queue.add(2);
    List<Integer> expected = shape.inTakeOrder(List.of(1, 2));
    assertThat(stream.toList()).isEqualTo(expected);
    assertThat(parallel.toList()).isEqualTo(expected);
    List<Integer> seen = new ArrayList<>();
    assertThat(spliterator.tryAdvance(seen::add)).isTrue();
    queue.add(3);
    spliterator.forEachRemaining(seen::add);
    assertThat(seen).as("what was there at the first use").isEqualTo(expected);
  }

  @Test
  void eachElementGoesOnceWhoeverTakesOrRemovesIt() throws Exception {
    needsInterior();
    needsManyConsumers();
    needsManyProducers();
    needsRoomFor(3);
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    int n = 3_000;
    List<Caller<?>> producers = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      int first = p * n;
      producers.add(
          start(() -> {
            for (int i = first; i < first + n; i += 3) {
              channel.put(i);
              channel.putAll(List.of(i + 1, i + 2));
            }
            return null;
          }));
    }
    List<Caller<List<Integer>>> takers = new ArrayList<>();
    takers.add(start(() -> takeToEnd(channel)));
    takers.add(start(() -> drainRefusing(channel)));
    takers.add(start(() -> removeSome(channel)));
    for (Caller<?> producer : producers) {
      producer.result();
    }
    channel.close();
    List<Integer> gone = new ArrayList<>();
    for (Caller<List<Integer>> taker : takers) {
      gone.addAll(taker.result());
    }
    gone.addAll(takeAll(channel));
    assertThat(gone).hasSize(2 * n).doesNotHaveDuplicates();
    assertThat(queue).isEmpty();
    assertThat(channel.stats().takes()).isEqualTo(2 * n);
  }

  private static List<Integer> drainRefusing(Channel<Integer> channel) {
    List<Integer> all = new ArrayList<>();
    while (!channel.isDrained()) {
      List<Integer> target =
          new ArrayList<>() {
            @Override
            public boolean add(Integer element) {
              if (size() == 2) {
                throw new IllegalStateException("full");
              }
              return super.add(element);
            }
          };
      try {
        channel.asBlockingQueue().drainTo(target);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("full");
      }
      all.addAll(target);
      assertThat(channel.size()).isBetween(0, channel.capacity());
      Thread.yield();
    }
    return all;
  }

  private static List<Integer> removeSome(Channel<Integer> channel) {
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    List<Integer> removed = new ArrayList<>();
    while (!channel.isDrained()) {
      Integer last = null;
      for (Iterator<Integer> it = queue.iterator(); it.hasNext(); ) {
        last = it.next();
      }
      if (last != null && queue.remove(last)) {
        removed.add(last);
      }
      assertThat(queue.contains(-1)).isFalse();
      Thread.yield();
    }
    return removed;
  }

  @Test
  void removalOfManyTakesEachThatItShould() {
    needsInterior();
    List<Integer> some = ChannelShape.numbers(Math.min(shape.capacity(), 1_000));
    BlockingQueue<Integer> queue = queueOf(some);
    List<Integer> expected = new ArrayList<>(shape.inTakeOrder(some));
    // Most of them: so that what stays moves together while the iterator goes on.
    for (Iterator<Integer> it = queue.iterator(); it.hasNext(); ) {
      Integer e = it.next();
      if (e % 7 != 0) {
        it.remove();
        expected.remove(e);
      }
    }
    assertThat(new ArrayList<>(queue)).isEqualTo(expected);
    queue.removeAll(Set.of(0, 7));
    expected.removeAll(Set.of(0, 7));
    assertThat(pollAll(queue)).isEqualTo(expected);
  }
}
