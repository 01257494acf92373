package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.contract.ChannelShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/// The properties that only a priority channel has.
class PriorityChannelTest {
  /// @param rank the value that is compared
  /// @param number tells equal elements apart
  private record Job(int rank, int number) {}

  private static final Comparator<Job> BY_RANK = Comparator.comparingInt(Job::rank);

  @Test
  void equalElementsComeInTheOrderInWhichTheyWerePut() throws Exception {
    Channel<Job> channel = Channel.priority(1000, BY_RANK);
    Random random = new Random(1);
    List<Job> put = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Job job = new Job(random.nextInt(5), i);
      put.add(job);
      channel.put(job);
    }
    List<Job> taken = new ArrayList<>();
    channel.drain(taken::add, Integer.MAX_VALUE);
    put.sort(BY_RANK.thenComparingInt(Job::number));
    assertThat(taken).isEqualTo(put);
  }

  @Test
  void orderOfEqualElementsHoldsAfterManyTurns() throws Exception {
    Channel<Job> channel = Channel.priority(10, BY_RANK);
    int last = -1;
    for (int i = 0; i < 10; i++) {
      channel.put(new Job(1, i));
    }
    for (int i = 10; i < 500; i++) {
      Job job = channel.take();
      assertThat(job.number()).isGreaterThan(last);
      last = job.number();
      channel.put(new Job(1, i));
    }
  }

  @Test
  void leastElementOvertakesThoseThatWait() throws Exception {
    Channel<Job> channel = Channel.priority(3, BY_RANK);
    channel.put(new Job(5, 1));
    channel.put(new Job(3, 2));
    assertThat(channel.take()).isEqualTo(new Job(3, 2));
    channel.put(new Job(1, 3));
    assertThat(channel.take()).isEqualTo(new Job(1, 3));
    assertThat(channel.take()).isEqualTo(new Job(5, 1));
  }

  @Test
  void viewIteratesInTheOrderOfTakes() {
    Channel<Job> channel = Channel.priority(50, BY_RANK);
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      assertThat(channel.offer(new Job(random.nextInt(4), i))).isTrue();
    }
    List<Job> seen = new ArrayList<>(channel.asBlockingQueue());
    assertThat(channel.asBlockingQueue().peek()).isEqualTo(seen.getFirst());
    List<Job> taken = channel.closeNow();
    assertThat(taken).isSortedAccordingTo(BY_RANK.thenComparingInt(Job::number));
    assertThat(seen).isEqualTo(taken);
  }

  @Test
  void orderHoldsAfterRemovalFromTheMiddle() {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      Channel<Job> channel = Channel.priority(20, BY_RANK);
      List<Job> left = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Job job = new Job(random.nextInt(6), i);
        left.add(job);
        assertThat(channel.offer(job)).isTrue();
      }
      for (int i = 0; i < 7; i++) {
        Job job = left.remove(random.nextInt(left.size()));
        assertThat(channel.asBlockingQueue().remove(job)).isTrue();
      }
      left.sort(BY_RANK.thenComparingInt(Job::number));
      assertThat(channel.closeNow()).isEqualTo(left);
    }
  }

  @Test
  void comparatorThatThrowsChangesNothing() throws Exception {
    Channel<Integer> channel =
        Channel.priority(
            10,
            (a, b) -> {
              if (a < 0 || b < 0) {
                throw new IllegalArgumentException("cannot compare " + a + " with " + b);
              }
              return Integer.compare(a, b);
            });
    channel.putAll(List.of(3, 1, 2));
    assertThatThrownBy(() -> channel.offer(-1)).hasMessageContaining("cannot compare");
    assertThatThrownBy(() -> channel.put(-1)).hasMessageContaining("cannot compare");
    assertThat(channel.size()).isEqualTo(3);
    assertThat(channel.stats().puts()).isEqualTo(3);
    channel.put(0);
    assertThat(channel.closeNow()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void comparatorThatThrowsOnTakeLosesNothing() throws Exception {
    boolean[] broken = new boolean[1];
    Channel<Integer> channel =
        Channel.priority(
            10,
            (a, b) -> {
              if (broken[0]) {
                throw new IllegalStateException("no order today");
              }
              return Integer.compare(a, b);
            });
    channel.putAll(List.of(5, 3, 4, 1, 2));
    broken[0] = true;
    int taken = 0;
    try {
      while (channel.poll() != null) {
        taken++;
      }
    } catch (IllegalStateException e) {
      // a shape that needs the order to take cannot go on now
    }
    broken[0] = false;
    assertThat(channel.size()).isEqualTo(5 - taken);
    List<Integer> left = channel.closeNow();
    assertThat(left).hasSize(5 - taken).isSorted();
  }

  @Test
  void comparatorThatThrowsInTheMiddleOfDrainLosesNothing() throws Exception {
    for (int limit = 0; limit < 40; limit++) {
      int[] left = {Integer.MAX_VALUE};
      Channel<Integer> channel = Channel.priority(20, failingAfter(left));
      channel.putAll(ChannelShape.numbers(20));
      List<Integer> drained = new ArrayList<>();
      left[0] = limit;
      try {
        channel.drain(drained::add, 20);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("no order today");
      }
      left[0] = Integer.MAX_VALUE;
      drained.addAll(channel.closeNow());
      assertThat(drained).as("after %s comparisons", limit).hasSize(20).isSorted();
    }
  }

  @Test
  void comparatorThatThrowsInTheMiddleOfPutAllLeavesTheFirstElements() throws Exception {
    List<Integer> elements = ChannelShape.numbers(20);
    for (int limit = 0; limit < 40; limit++) {
      int[] left = {limit};
      Channel<Integer> channel = Channel.priority(20, failingAfter(left));
      try {
        channel.putAll(elements);
      } catch (PartialPutException e) {
        assertThat(e).hasMessageContaining(channel.size() + " of 20 elements");
        assertThat(e.acceptedCount()).isEqualTo(channel.size());
        assertThat(e.getCause()).hasMessage("no order today");
      }
      left[0] = Integer.MAX_VALUE;
      List<Integer> first = elements.subList(0, channel.size());
      assertThat(channel.closeNow()).containsExactlyInAnyOrderElementsOf(first).isSorted();
    }
  }

  @Test
  void comparatorThatThrowsInTheMiddleOfAddAllSaysHowManyWerePut() {
    int[] left = {0};
    Channel<Integer> channel = Channel.priority(20, failingAfter(left));
    assertThatThrownBy(() -> channel.asBlockingQueue().addAll(List.of(1, 2, 3)))
        .isInstanceOfSatisfying(
            PartialPutException.class, e -> assertThat(e.acceptedCount()).isEqualTo(1))
        .hasMessageContaining("1 of 3 elements")
        .cause()
        .hasMessage("no order today");
    assertThat(channel.size()).isEqualTo(1);
  }

  @Test
  void errorOfTheComparatorStaysAnErrorAndSaysHowManyWerePut() {
    Error failure = new AssertionError("broken");
    Channel<Integer> channel =
        Channel.priority(
            20,
            (a, b) -> {
              throw failure;
            });
    assertThatThrownBy(() -> channel.putAll(List.of(1, 2, 3)))
        .isInstanceOf(Error.class)
        .hasMessageContaining("1 of 3 elements")
        .cause()
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
  }

  @Test
  void smallerElementComesBeforeWhatATargetRefused() {
    BlockingQueue<Integer> queue = Channel.priority(10, Integer::compare).asBlockingQueue();
    queue.addAll(List.of(2, 4));
    Collection<Integer> full = new ArrayBlockingQueue<>(1, false, List.of(0));
    assertThatThrownBy(() -> queue.drainTo(full)).isInstanceOf(IllegalStateException.class);
    queue.addAll(List.of(1, 3));
    assertThat(queue).containsExactly(1, 2, 3, 4);
  }

  /// {@return the natural order, which fails after `left[0]` comparisons}
  private static Comparator<Integer> failingAfter(int[] left) {
    return (a, b) -> {
      if (left[0]-- <= 0) {
        throw new IllegalStateException("no order today");
      }
      return Integer.compare(a, b);
    };
  }
}
