package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/// `drainTo`, its limits, and elements that its target refuses.
class BlockingQueueDrainToTest extends BlockingQueueContract {
  @Test
  void takesAllInOrder() {
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    List<Integer> target = new ArrayList<>();
    assertThat(queue.drainTo(target)).isEqualTo(some.size());
    assertThat(target).isEqualTo(shape.inTakeOrder(some));
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.drainTo(target)).isZero();
    assertThat(target).hasSize(some.size());
  }

  @Test
  void takesNoMoreThanTheLimit() {
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    List<Integer> target = new ArrayList<>();
    assertThat(queue.drainTo(target, 0)).isZero();
    assertThat(queue.drainTo(target, -1)).isZero();
    assertThat(queue.drainTo(target, Integer.MIN_VALUE)).isZero();
    int n = Math.min(some.size(), 3);
    assertThat(queue.drainTo(target, 3)).isEqualTo(n);
    assertThat(target).isEqualTo(shape.inTakeOrder(some).subList(0, n));
    assertThat(queue.size()).isEqualTo(some.size() - n);
  }

  @Test
  void itselfIsRefused() {
    Channel<Integer> channel = create();
    put(channel, Math.min(shape.capacity(), 3));
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    BlockingQueue<Integer> sameChannel = channel.asBlockingQueue();
    assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue));
    assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(sameChannel));
    assertThat(queue.size()).isEqualTo(Math.min(shape.capacity(), 3));
  }

  @Test
  void whatTheTargetRefusesStaysInItsPlace() {
    needsRoomFor(3);
    List<Integer> some = ChannelShape.numbers(Math.min(shape.capacity(), 200));
    BlockingQueue<Integer> queue = queueOf(some);
    List<Integer> ordered = shape.inTakeOrder(some);
    for (int fits : new int[] {0, 1, ordered.size() / 2}) {
      Collection<Integer> target = new ArrayBlockingQueue<>(fits + 1);
      target.add(-1);
      assertThatThrownBy(() -> queue.drainTo(target)).isInstanceOf(IllegalStateException.class);
      List<Integer> rest = ordered.subList(fits, ordered.size());
      assertThat(target).containsExactlyElementsOf(with(-1, ordered.subList(0, fits)));
      assertThat(queue.peek()).isEqualTo(rest.getFirst());
      assertThat(queue.size()).isEqualTo(rest.size());
      if (!shape.isClosedByProducer()) {
        assertThat(new ArrayList<>(queue)).isEqualTo(rest);
        assertThat(queue.contains(rest.getFirst())).isTrue();
      }
      ordered = rest;
    }
    assertThat(pollAll(queue)).isEqualTo(ordered);
  }

  private static List<Integer> with(int first, List<Integer> others) {
    List<Integer> all = new ArrayList<>(others);
    all.addFirst(first);
    return all;
  }

  @Test
  void whatTheTargetRefusesComesBeforeWhatIsPutLater() {
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2));
    assertThatThrownBy(() -> queue.drainTo(new Refusing(0))).isInstanceOf(Refused.class);
    queue.add(3);
    List<Integer> expected = shape.inTakeOrder(List.of(1, 2, 3));
    List<Integer> target = new ArrayList<>();
    assertThat(queue.drainTo(target, 1)).isEqualTo(1);
    assertThat(queue.drainTo(target)).isEqualTo(2);
    assertThat(target).isEqualTo(expected);
  }

  @Test
  void whatTheTargetRefusesCanBeRemoved() {
    needsInterior();
    needsRoomFor(3);
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    queue.addAll(List.of(1, 2, 3));
    assertThatThrownBy(() -> queue.drainTo(new Refusing(0))).isInstanceOf(Refused.class);
    assertThat(queue.remove(2)).isTrue();
    assertThat(queue.remove(2)).isFalse();
    assertThat(channel.stats().takes()).isEqualTo(1);
    assertThat(channel.closeNow()).isEqualTo(shape.inTakeOrder(List.of(1, 3)));
    assertThat(channel.isDrained()).isTrue();
  }

  @Test
  void elementCountsAsInTheChannelUntilTheTargetHasIt() {
    needsRoomFor(2);
    needsBound();
    Channel<Integer> channel = create();
    int n = fill(channel).size();
    List<Integer> sizes = new ArrayList<>();
    Refusing target =
        new Refusing(n - 1) {
          @Override
          public boolean add(Integer element) {
            sizes.add(channel.size());
            assertThat(channel.isDrained()).isFalse();
            assertThat(channel.size()).isLessThanOrEqualTo(channel.capacity());
            if (sizes.size() == 1) {
              assertThat(channel.offer(-1)).as("no room yet").isFalse();
            }
            return super.add(element);
          }
        };
    assertThatThrownBy(() -> channel.asBlockingQueue().drainTo(target)).isInstanceOf(Refused.class);
    assertThat(sizes.getFirst()).isEqualTo(n);
    assertThat(channel.size()).isEqualTo(1);
    assertThat(channel.stats().takes()).isEqualTo(n - 1);
    putNow(channel, -2);
    assertThat(takeAll(channel)).hasSize(2).contains(-2);
  }

  @Test
  void endComesAfterWhatWasRefused() throws Exception {
    needsRoomFor(2);
    needsManyConsumers();
    Channel<Integer> channel = create();
    List<Integer> some = put(channel, 2);
    channel.close();
    List<Caller<Integer>> takers = new ArrayList<>();
    Refusing target =
        new Refusing(1) {
          @Override
          public boolean add(Integer element) {
            if (takers.isEmpty()) {
              for (int i = 0; i < 2; i++) {
                takers.add(waitingTaker(channel));
              }
            }
            return super.add(element);
          }
        };
    assertThatThrownBy(() -> channel.asBlockingQueue().drainTo(target)).isInstanceOf(Refused.class);
    List<Object> results = new ArrayList<>();
    for (Caller<Integer> taker : takers) {
      results.add(taker.result());
    }
    assertThat(results).containsExactlyInAnyOrder(-1, shape.inTakeOrder(some).get(1));
    assertThat(channel.isDrained()).isTrue();
  }

  @Test
  void takerThatWaitsGetsWhatWasRefused() throws Exception {
    needsManyConsumers();
    Channel<Integer> channel = create();
    List<Caller<Integer>> takers = new ArrayList<>();
    Caller<?> putter =
        start(() -> {
          channel.put(7);
          return null;
        });
    Refusing target =
        new Refusing(0) {
          @Override
          public boolean add(Integer element) {
            takers.add(waitingTaker(channel));
            return super.add(element);
          }
        };
    soon()
        .until(() -> {
          try {
            channel.asBlockingQueue().drainTo(target);
            return false;
          } catch (Refused _) {
            return true;
          }
        });
    putter.result();
    assertThat(takers.getFirst().result()).isEqualTo(7);
    assertThat(channel.size()).isZero();
  }

  /// Takes one, or gives -1 at the end.
  private Caller<Integer> waitingTaker(Channel<Integer> channel) {
    try {
      return start(
              () -> {
                try {
                  return channel.take();
                } catch (ChannelClosedException _) {
                  return -1;
                }
              })
          .awaitBlocked();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void targetMayUseTheQueue() {
    needsRoomFor(3);
    BlockingQueue<Integer> queue = queueOf(List.of(1, 2, 3));
    List<Integer> taken = new ArrayList<>();
    Collection<Integer> target =
        new ArrayList<>() {
          @Override
          public boolean add(Integer element) {
            Integer other = queue.poll();
            if (other != null) {
              taken.add(other);
            }
            return super.add(element);
          }
        };
    while (!queue.isEmpty()) {
      queue.drainTo(target, 1);
    }
    taken.addAll(target);
    assertThat(taken).contains(1, 2, 3);
  }

  private static class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// A target that accepts a number of elements.
  private static class Refusing extends ArrayList<Integer> {
    private static final long serialVersionUID = 1L;
    private final int accepts;

    Refusing(int accepts) {
      this.accepts = accepts;
    }

    @Override
    public boolean add(Integer element) {
      if (size() == accepts) {
        throw new Refused();
      }
      return super.add(element);
    }
  }

  @Test
  void anotherChannelIsAsGoodATargetAsAny() {
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    BlockingQueue<Integer> target = Channel.<Integer>unbounded().asBlockingQueue();
    assertThat(queue.drainTo(target)).isEqualTo(some.size());
    assertThat(pollAll(target)).isEqualTo(shape.inTakeOrder(some));
  }

  @Test
  void makesRoomForAllWhoWait() throws Exception {
    needsManyProducers();
    Channel<Integer> channel = create();
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    int n = fill(channel).size();
    List<Caller<?>> putters = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int element = -i;
      putters.add(
          start(
                  () -> {
                    queue.put(element);
                    return null;
                  })
              .awaitBlocked());
    }
    List<Integer> target = new ArrayList<>();
    soon()
        .until(() -> {
          queue.drainTo(target);
          return target.size() == n + 3;
        });
    for (Caller<?> putter : putters) {
      putter.result();
    }
    assertThat(target).contains(-1, -2, -3).doesNotHaveDuplicates();
  }
}
