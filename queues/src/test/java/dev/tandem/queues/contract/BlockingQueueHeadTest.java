package dev.tandem.queues.contract;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.PartialPutException;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The four forms of insert, remove and examine at the head, as the table of `BlockingQueue` has
/// them.
class BlockingQueueHeadTest extends BlockingQueueContract {
  @Test
  void viewAndChannelAreOneQueue() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(1);
    BlockingQueue<Integer> queue = channel.asBlockingQueue();
    queue.put(1);
    assertThat(channel.take()).isEqualTo(1);
    channel.put(2);
    assertThat(channel.asBlockingQueue().size()).isEqualTo(1);
    assertThat(queue.take()).isEqualTo(2);
    assertThat(channel.stats().puts()).isEqualTo(2);
    assertThat(channel.stats().takes()).isEqualTo(2);
  }

  @Test
  void fullQueueRefusesInTheDocumentedWays() throws Exception {
    BlockingQueue<Integer> queue = queue();
    needsBound();
    for (int i = 0; i < shape.capacity(); i++) {
      assertThat(queue.add(i)).isTrue();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> queue.add(-1))
        .isNotInstanceOf(ChannelClosedException.class);
    assertThat(queue.offer(-1)).isFalse();
    assertThat(queue.offer(-1, 0, NANOSECONDS)).isFalse();
    assertThat(queue.offer(-1, -5, TimeUnit.DAYS)).isFalse();
    assertThat(queue).satisfies(q -> assertThat(q.size()).isEqualTo(shape.capacity()));
  }

  @Test
  void emptyQueueRefusesInTheDocumentedWays() throws Exception {
    BlockingQueue<Integer> queue = queue();
    assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(queue::element).isInstanceOf(NoSuchElementException.class);
    assertThat(queue.poll()).isNull();
    assertThat(queue.peek()).isNull();
    assertThat(queue.poll(0, NANOSECONDS)).isNull();
    assertThat(queue.poll(-5, TimeUnit.DAYS)).isNull();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
  }

  @Test
  void headIsExaminedAndRemovedInOrder() {
    List<Integer> some = some();
    BlockingQueue<Integer> queue = queueOf(some);
    for (Integer expected : shape.inTakeOrder(some)) {
      assertThat(queue.peek()).isEqualTo(expected);
      assertThat(queue.element()).isEqualTo(expected);
      assertThat(queue.remove()).isEqualTo(expected);
    }
    assertThat(queue.peek()).isNull();
  }

  @Test
  void remainingCapacityIsWhatStillFits() {
    BlockingQueue<Integer> queue = queue();
    if (shape.isBounded()) {
      assertThat(queue.remainingCapacity()).isEqualTo(shape.capacity());
      for (int i = shape.capacity() - 1; i >= 0; i--) {
        queue.add(i);
        assertThat(queue.remainingCapacity()).isEqualTo(i);
      }
      if (queue.poll() != null) {
        assertThat(queue.remainingCapacity()).isEqualTo(1);
      }
    } else {
      queue.add(1);
      assertThat(queue.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Test
  void timedFormsAreNotOverEarly() throws Exception {
    BlockingQueue<Integer> queue = queue();
    long start = System.nanoTime();
    assertThat(queue.poll(15, MILLISECONDS)).isNull();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(15_000_000);
    if (shape.isBounded()) {
      for (int i = 0; i < shape.capacity(); i++) {
        queue.add(i);
      }
      start = System.nanoTime();
      assertThat(queue.offer(-1, 15, MILLISECONDS)).isFalse();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(15_000_000);
    }
  }

  @Test
  void timesInEveryUnitAreUnderstood() throws Exception {
    BlockingQueue<Integer> queue = queue();
    for (TimeUnit unit : TimeUnit.values()) {
      Caller<Integer> taker =
          start(
                  () -> {
                    assertThat(queue.poll(Long.MIN_VALUE, unit)).isNull();
                    return queue.poll(Long.MAX_VALUE, unit);
                  })
              .awaitBlocked();
      assertThat(queue.offer(1, Long.MAX_VALUE, unit)).isTrue();
      assertThat(taker.result()).isEqualTo(1);
    }
  }

  @Test
  void takeWaitsAndPutWakesIt() throws Exception {
    BlockingQueue<Integer> queue = queue();
    Caller<Integer> taker = start(queue::take).awaitBlocked();
    queue.put(1);
    assertThat(taker.result()).isEqualTo(1);
  }

  @Test
  void putWaitsAndTakeWakesIt() throws Exception {
    needsBound();
    BlockingQueue<Integer> queue = queue();
    Caller<?> putter = putterOfTooMany(queue);
    assertThat(queue.take()).isNotNull();
    putter.result();
    assertThat(pollAll(queue)).hasSize(shape.capacity());
  }

  /// {@return a thread that has filled the queue and waits to put one element more}
  private Caller<?> putterOfTooMany(BlockingQueue<Integer> queue) {
    return start(
            () -> {
              for (int i = 0; i <= shape.capacity(); i++) {
                queue.put(i);
              }
              return null;
            })
        .awaitBlocked();
  }

  @Test
  void interruptEndsEveryWait() throws Exception {
    BlockingQueue<Integer> queue = queue();
    for (Callable<Integer> wait :
        List.<Callable<Integer>>of(queue::take, () -> queue.poll(50, TimeUnit.SECONDS))) {
      Caller<Integer> caller = start(wait).awaitBlocked();
      caller.interrupt();
      assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
      assertThat(caller.keptTheFlag()).isFalse();
    }
    if (shape.isBounded()) {
      Caller<?> putter = putterOfTooMany(queue);
      putter.interrupt();
      assertThat(putter.failure()).isInstanceOf(InterruptedException.class);
      Caller<Boolean> offerer = start(() -> queue.offer(-1, 50, TimeUnit.SECONDS)).awaitBlocked();
      offerer.interrupt();
      assertThat(offerer.failure()).isInstanceOf(InterruptedException.class);
      assertThat(pollAll(queue)).hasSize(shape.capacity()).doesNotContain(-1);
    }
  }

  @Test
  void nullIsRefusedWithAMessage() {
    BlockingQueue<Integer> queue = queue();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> queue.add(null),
            () -> queue.offer(null),
            () -> queue.put(null),
            () -> queue.offer(null, 1, MILLISECONDS),
            () -> queue.offer(1, 1, null),
            () -> queue.poll(1, null),
            () -> queue.addAll(null),
            () -> queue.drainTo(null),
            () -> queue.drainTo(null, 1))) {
      assertThatThrownBy(call)
          .isInstanceOf(NullPointerException.class)
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void addAllAddsUntilTheQueueIsFull() {
    needsBound();
    BlockingQueue<Integer> queue = queue();
    List<Integer> tooMany = ChannelShape.numbers(shape.capacity() + 1);
    assertThatThrownBy(() -> queue.addAll(tooMany))
        .isInstanceOfSatisfying(
            PartialPutException.class,
            e -> assertThat(e.acceptedCount()).isEqualTo(shape.capacity()));
    assertThat(pollAll(queue)).isEqualTo(shape.inTakeOrder(tooMany.subList(0, shape.capacity())));
  }

  @Test
  void addAllOfItselfIsRefused() {
    BlockingQueue<Integer> queue = queueOf(some().subList(0, Math.min(shape.capacity(), 1)));
    int size = queue.size();
    assertThatThrownBy(() -> queue.addAll(queue)).isInstanceOf(IllegalArgumentException.class);
    assertThat(queue.size()).isEqualTo(size);
  }
}
