package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The view of large channels: what was quadratic would run into the time limit of a test, which is
/// a hundred times what these need.
class BlockingQueueScaleTest {
  private static final int N = 400_000;

  private static int comparisons;

  private static int compare(int a, int b) {
    comparisons++;
    return Integer.compare(a, b);
  }

  static Stream<Channel<Integer>> channels() {
    return Stream.of(
        Channel.bounded(N, cf -> cf.withName("bounded")),
        Channel.unbounded(cf -> cf.withName("unbounded")),
        Channel.lifo(N, cf -> cf.withName("lifo")),
        Channel.priority(N, BlockingQueueScaleTest::compare, cf -> cf.withName("priority")));
  }

  private static BlockingQueue<Integer> filled(Channel<Integer> channel) {
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    for (int i = 0; i < N; i++) {
      queue.add(i);
    }
    return queue;
  }

  @ParameterizedTest
  @MethodSource("channels")
  void bulkRemovalIsLinear(Channel<Integer> channel) {
    BlockingQueue<Integer> queue = filled(channel);
    queue.removeIf(e -> e % 2 == 0);
    assertThat(queue).hasSize(N / 2);
    removeByIterator(queue, e -> e % 4 == 1);
    assertThat(queue).hasSize(N / 4);
    removeByIterator(queue, e -> e % 64 != 3);
    assertThat(queue).hasSize(N / 64);
    assertThat(queue.stream().allMatch(e -> e % 64 == 3)).isTrue();
  }

  private static void removeByIterator(BlockingQueue<Integer> queue, IntPredicate unwanted) {
    for (Iterator<Integer> it = queue.iterator(); it.hasNext(); ) {
      if (unwanted.test(it.next())) {
        it.remove();
      }
    }
  }

  @Test
  void lookingAtAPriorityChannelComparesNothing() {
    Channel<Integer> channel = channels().toList().getLast();
    BlockingQueue<Integer> queue = filled(channel);
    comparisons = 0;
    assertThat(queue.contains(-1)).isFalse();
    assertThat(queue.contains(N - 1)).isTrue();
    assertThat(queue.remove(-1)).isFalse();
    assertThat(comparisons).isZero();
    queue.clear();
    assertThat(comparisons).isZero();
  }

  @ParameterizedTest
  @MethodSource("channels")
  void removalLeavesNothingBehind(Channel<Integer> channel) throws Exception {
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    Integer goes = 1;
    pairs(queue, goes, N);
    assertThat(segments(channel)).isLessThanOrEqualTo(2);
    Integer stays = -1;
    queue.add(stays); // the other is not at the head of a channel that is first in, first out
    pairs(queue, goes, N);
    assertThat(segments(channel)).isLessThanOrEqualTo(3);
    assertThat(queue.poll()).isEqualTo(stays);
    assertThat(queue).isEmpty();
  }

  /// How many segments an unbounded channel keeps.
  private static int segments(Channel<?> channel) throws ReflectiveOperationException {
    int count = 0;
    if (channel instanceof LinkedRingChannel) {
      Object segment = field(channel, "head");
      while (segment != null) {
        count++;
        segment = field(segment, "next");
      }
    }
    return count;
  }

  private static Object field(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }

  private static void pairs(BlockingQueue<Integer> queue, Integer element, int count) {
    for (int i = 0; i < count; i++) {
      if (!queue.add(element) || !queue.remove(element)) {
        throw new AssertionError("pair " + i);
      }
    }
  }
}
