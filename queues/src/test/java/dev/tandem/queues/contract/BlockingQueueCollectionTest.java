package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The view as a `Collection`: arrays, iterators, removal from the middle.
class BlockingQueueCollectionTest extends BlockingQueueContract {
  @Test
  void arraysHoldTheElementsInOrder() {
    needsInterior();
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    Integer[] expected = shape.inTakeOrder(some).toArray(Integer[]::new);
    assertThat(queue.toArray()).containsExactly((Object[]) expected);
    assertThat(queue.toArray().getClass()).isEqualTo(Object[].class);
    assertThat(queue.toArray(new Integer[0])).containsExactly(expected);
    assertThat(queue.toArray(Integer[]::new)).containsExactly(expected);
    Integer[] exact = new Integer[some.size()];
    assertThat(queue.toArray(exact)).isSameAs(exact).containsExactly(expected);
    Integer[] longer = new Integer[some.size() + 2];
    Arrays.fill(longer, -1);
    assertThat(queue.toArray(longer)).isSameAs(longer);
    assertThat(Arrays.copyOf(longer, some.size())).containsExactly(expected);
    assertThat(longer[some.size()]).isNull();
    assertThat(longer[some.size() + 1]).isEqualTo(-1);
    assertThat(queue.size()).isEqualTo(some.size());
  }

  @Test
  void arrayOfAnotherTypeOrNoneIsRefused() {
    needsInterior();
    BlockingQueue<Integer> queue = queueOf(some());
    assertThatThrownBy(() -> queue.toArray((Integer[]) null))
        .isInstanceOf(NullPointerException.class);
    if (!queue.isEmpty()) {
      assertThatThrownBy(() -> queue.toArray(new String[0]))
          .isInstanceOf(ArrayStoreException.class);
    }
  }

  @Test
  void iteratorGoesThroughTheElementsInOrder() {
    needsInterior();
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    assertThat(new ArrayList<>(queue)).isEqualTo(shape.inTakeOrder(some));
    assertThat(queue.stream().toList()).isEqualTo(shape.inTakeOrder(some));
    Iterator<Integer> iterator = queue.iterator();
    for (int i = 0; i < some.size(); i++) {
      assertThat(iterator.hasNext()).isTrue();
      iterator.next();
    }
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    assertThat(queue.size()).as("nothing was taken").isEqualTo(some.size());
  }

  @Test
  void iteratorShowsWhatWasThereWhenItWasMade() {
    needsInterior();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2));
    Iterator<Integer> iterator = queue.iterator();
    List<Integer> expected = shape.inTakeOrder(List.of(1, 2));
    queue.add(3);
    assertThat(iterator.next()).isEqualTo(expected.get(0));
    queue.clear();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isEqualTo(expected.get(1));
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void iteratorRemovesWhatItGaveLast() {
    needsInterior();
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    Iterator<Integer> iterator = queue.iterator();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    List<Integer> expected = new ArrayList<>(shape.inTakeOrder(some));
    for (int i = 0; i < some.size(); i++) {
      Integer element = iterator.next();
      if (element % 2 == 0) {
        iterator.remove();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        expected.remove(element);
      }
    }
    assertThat(pollAll(queue)).isEqualTo(expected);
  }

  @Test
  void iteratorRemovesNothingElseWhenItsElementIsGone() {
    needsInterior();
    needsRoomFor(2);
    BlockingQueue<Integer> queue = queueOf(List.of(1));
    Iterator<Integer> iterator = queue.iterator();
    Integer gone = iterator.next();
    assertThat(queue.poll()).isEqualTo(gone);
    queue.add(2);
    iterator.remove();
    assertThat(pollAll(queue)).containsExactly(2);
  }

  @Test
  void iteratorRemovesTheElementAndNotOneThatIsEqual() {
    needsInterior();
    needsRoomFor(2);
    // equal, and not the same
    Integer first = Integer.valueOf(5_000);
    Integer second = Integer.valueOf(5_001 - 1);
    assumeTrue(first != second, "values are cached");
    BlockingQueue<Integer> queue = queueOf(List.of(first));
    Iterator<Integer> iterator = queue.iterator();
    iterator.next();
    queue.clear();
    queue.add(second);
    iterator.remove();
    assertThat(queue.size()).as("the other element stays").isEqualTo(1);
  }

  @Test
  void removeTakesOneEqualElement() {
    needsInterior();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2, 1));
    assertThat(queue.contains(2)).isTrue();
    assertThat(queue.remove(2)).isTrue();
    assertThat(queue.remove(2)).isFalse();
    assertThat(queue.contains(2)).isFalse();
    assertThat(queue.remove(1)).isTrue();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.remove((Object) "another type")).isFalse();
    assertThat(pollAll(queue)).containsExactly(1);
  }

  @Test
  void removalMakesRoomAndCounts() throws Exception {
    needsInterior();
    needsManyProducers();
    Channel<Integer> channel = create();
    needsRoomFor(1);
    List<Integer> put = fill(channel);
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    Caller<?> putter =
        start(
                () -> {
                  channel.put(-1);
                  return null;
                })
            .awaitBlocked();
    assertThat(queue.remove(put.get(put.size() / 2))).isTrue();
    putter.result();
    assertThat(channel.stats().takes()).isEqualTo(1);
    assertThat(takeAll(channel)).hasSize(shape.capacity()).contains(-1);
  }

  @Test
  void bulkRemovalTakesWhatItShould() {
    needsInterior();
    List<Integer> some = some();
    List<Integer> ordered = shape.inTakeOrder(some);
    BlockingQueue<Integer> queue = queueOf(some);
    assertThat(queue.containsAll(some)).isTrue();
    assertThat(queue.containsAll(List.of(-1))).isFalse();
    assertThat(queue.removeIf(e -> e < 0)).isFalse();
    assertThat(queue.removeIf(e -> e % 3 == 0)).isEqualTo(!some.isEmpty());
    assertThat(new ArrayList<>(queue)).isEqualTo(ordered.stream().filter(e -> e % 3 != 0).toList());
    assertThat(queue.removeAll(Set.of(1, 50))).isEqualTo(some.contains(1));
    assertThat(queue.retainAll(Set.of(2, 4, 60))).isEqualTo(some.contains(5));
    assertThat(new ArrayList<>(queue))
        .isEqualTo(ordered.stream().filter(e -> e == 2 || e == 4).toList());
    queue.clear();
    assertThat(queue.isEmpty()).isTrue();
    queue.clear();
  }

  @Test
  void nullOfBulkRemovalIsRefused() {
    needsInterior();
    BlockingQueue<Integer> queue = queueOf(some());
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> queue.removeIf(null),
            () -> queue.removeAll(null),
            () -> queue.retainAll(null),
            () -> queue.containsAll(null),
            () -> queue.forEach(null))) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }
    assertThat(queue.contains(null)).isFalse();
    assertThat(queue.remove(null)).isFalse();
  }

  @Test
  void predicateThatThrowsLosesNothing() {
    needsInterior();
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2, 3));
    assertThatThrownBy(() ->
            queue.removeIf(e -> {
              if (e == 2) {
                throw new IllegalArgumentException("no");
              }
              return false;
            }))
        .hasMessage("no");
    assertThat(pollAll(queue)).hasSize(3);
  }

  @Test
  void stringShowsTheElements() {
    needsInterior();
    List<Integer> some = some();
    assertThat(queueOf(some)).hasToString(shape.inTakeOrder(some).toString());
  }

  @Test
  void equalityIsThatOfObjects() {
    BlockingQueue<Integer> queue = queue();
    assertThat(queue.equals(queue)).isTrue();
    assertThat(queue.equals(queue())).isFalse();
    assertThat(queue.hashCode()).isEqualTo(System.identityHashCode(queue));
  }

  @Test
  void iteratorsSurviveRacesWithPutsAndTakes() throws Exception {
    needsInterior();
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    AtomicBoolean stop = new AtomicBoolean();
    Caller<?> producer =
        start(() -> {
          for (int i = 0; !stop.get(); i++) {
            channel.put(i);
            while (channel.size() > 500 && !stop.get()) {
              Thread.yield(); // or else each snapshot of an unbounded channel is longer
            }
          }
          channel.close();
          return null;
        });
    Caller<List<Integer>> consumer = start(() -> takeToEnd(channel));
    for (int i = 0; i < 100; i++) {
      List<Integer> seen = new ArrayList<>();
      queue.forEach(seen::add);
      assertThat(seen).doesNotHaveDuplicates().doesNotContainNull();
      assertThat(queue.toArray()).doesNotContainNull();
      assertThat(queue.contains(-1)).isFalse();
    }
    stop.set(true);
    producer.result();
    assertThat(consumer.result()).doesNotHaveDuplicates();
  }

  @Test
  void removalFromTheMiddleRacesWithTakesAndEachElementGoesOnce() throws Exception {
    needsInterior();
    needsManyConsumers();
    needsRoomFor(3);
    for (int round = 0; round < 20; round++) {
      Channel<Integer> channel = create();
      BlockingQueue<Integer> queue = channel.asBlockingQueue();
      List<Integer> put = put(channel, Math.min(shape.capacity(), 60));
      Caller<List<Integer>> taker = start(() -> takeAll(channel));
      Caller<List<Integer>> remover =
          start(() -> {
            List<Integer> removed = new ArrayList<>();
            for (Integer element : put.reversed()) {
              if (queue.remove(element)) {
                removed.add(element);
              }
            }
            return removed;
          });
      List<Integer> gone = new ArrayList<>(taker.result());
      gone.addAll(remover.result());
      gone.addAll(takeAll(channel));
      assertThat(gone).containsExactlyInAnyOrderElementsOf(put);
    }
  }

  @Test
  void viewThatCannotLookInsideSaysWhy() {
    assumeTrue(shape.isClosedByProducer(), "no access to the interior");
    BlockingQueue<Integer> queue = queueOf(some().subList(0, 1));
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            queue::iterator,
            queue::toArray,
            () -> queue.toArray(new Integer[0]),
            () -> queue.contains(1),
            () -> queue.remove((Object) 1),
            () -> queue.removeIf(_ -> true),
            () -> queue.removeAll(List.of(1)),
            () -> queue.retainAll(List.of(1)),
            () -> queue.forEach(_ -> {}))) {
      assertThatThrownBy(call)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("withCloseByProducer");
    }
    assertThat(pollAll(queue)).hasSize(1);
  }
}
