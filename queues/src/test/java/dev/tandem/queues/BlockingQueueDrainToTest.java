package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/// `drainTo`, its limits, and what it is not given.
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
  void targetThatIsFullLosesNoElement() {
    needsRoomFor(3);
    List<Integer> some = ChannelShape.numbers(3);
    BlockingQueue<Integer> queue = queueOf(some);
    Collection<Integer> target = new ArrayBlockingQueue<>(1);
    List<Integer> offered = new ArrayList<>();
    Collection<Integer> refusing =
        new ArrayList<>() {
          @Override
          public boolean add(Integer element) {
            offered.add(element);
            return target.add(element);
          }
        };
    assertThatThrownBy(() -> queue.drainTo(refusing))
        .isInstanceOf(IllegalStateException.class)
        .isNotInstanceOf(ChannelClosedException.class);
    offered.addAll(pollAll(queue));
    assertThat(offered).isEqualTo(shape.inTakeOrder(some));
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
