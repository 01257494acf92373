package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.queues.Channel;
import dev.tandem.queues.Select;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.testing.Caller;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An element that has left the channel, or never got in, can be collected while the channel lives.
public class ChannelRetentionTest extends ChannelContract {
  private static final Duration SHORT = Duration.ofMillis(1);

  /// An element that is large enough for its leak to show.
  private static final class Heavy implements Comparable<Heavy> {
    final byte[] weight = new byte[1_000];

    @Override
    public int compareTo(Heavy other) {
      return 0;
    }
  }

  /// A way to take one element or more.
  private interface Take {
    void from(Channel<Heavy> channel) throws Exception;
  }

  private final List<WeakReference<Heavy>> elements = new ArrayList<>();

  @BeforeEach
  void skipShapesThatAreLikeOthers() {
    // each test collects garbage several times; 2 is like 3 and 1024 like 1000 here
    assumeTrue(shape.capacity() != 2 && shape.capacity() != 1024, "a shape that differs");
  }

  private Heavy heavy() {
    needs(Need.SAME_ELEMENT);
    Heavy heavy = new Heavy();
    elements.add(new WeakReference<>(heavy));
    return heavy;
  }

  private void assertCollected(Channel<Heavy> channel) {
    soon()
        .until(() -> {
          System.gc();
          return elements.stream().allMatch(element -> element.get() == null);
        });
    Reference.reachabilityFence(channel);
  }

  private void fill(Channel<Heavy> channel, int n) {
    for (int i = 0; i < n; i++) {
      assertThat(channel.offer(heavy())).isTrue();
    }
  }

  @Test
  void takenElementsAreNotKept() throws Exception {
    needsRoomFor(1);
    Channel<Heavy> channel = shape.create(cf -> cf);
    List<Take> ways =
        new ArrayList<>(
            List.of(
                Channel::take,
                Channel::poll,
                c -> c.poll(SHORT),
                c -> c.drain(_ -> {}, 2),
                c -> c.drain(_ -> {}, 2, SHORT),
                c -> c.iterator().next(),
                c -> c.stream().findFirst(),
                c -> Select.<Integer>select(c.onTake(_ -> 1)),
                c -> c.asBlockingQueue().take()));
    int n = Math.min(shape.capacity(), 5);
    fill(channel, n);
    for (Take way : ways) {
      way.from(channel);
      fill(channel, n - channel.size());
    }
    while (channel.poll() != null) {
      // so that nothing is left
    }
    assertCollected(channel);
  }

  @Test
  void elementsThatWereHandedOverAreNotKept() throws Exception {
    Channel<Heavy> channel = shape.create(cf -> cf);
    Caller<?> taker =
        start(() -> {
          for (int i = 0; i < 4; i++) {
            var _ = channel.take();
          }
          return null;
        });
    for (int i = 0; i < 4; i++) {
      taker.awaitBlocked();
      channel.put(heavy());
      soon().until(() -> channel.stats().takes() == elements.size());
    }
    taker.result();
    assertCollected(channel);
  }

  @Test
  void elementsTakenOutFromTheMiddleAreNotKept() {
    needsRoomFor(3);
    assumeTrue(!shape.isClosedByProducer(), "interior removal");
    Channel<Heavy> channel = shape.create(cf -> cf);
    fill(channel, 3);
    removeByIterator(channel);
    assertThat(channel.size()).isZero();
    fill(channel, 3);
    channel.asBlockingQueue().removeIf(_ -> true);
    fill(channel, 3);
    channel.asBlockingQueue().clear();
    assertCollected(channel);
  }

  /// Iterates in a frame of its own, which ends: an iterator may keep the elements that it shows.
  private static void removeByIterator(Channel<Heavy> channel) {
    Iterator<Heavy> iterator = channel.asBlockingQueue().iterator();
    while (iterator.hasNext()) {
      var _ = iterator.next();
      iterator.remove();
    }
  }

  @Test
  void handedBackElementsAreNotKept() {
    Channel<Heavy> channel = shape.create(cf -> cf);
    fill(channel, Math.min(shape.capacity(), 5));
    channel.close();
    assertThat(channel.closeNow()).hasSize(elements.size());
    assertCollected(channel);
  }

  @Test
  void refusedElementsAreNotKept() throws Exception {
    needs(Need.SAME_ELEMENT);
    needsBound();
    Channel<Heavy> channel = shape.create(cf -> cf);
    Caller<?> interrupted =
        start(
                () -> {
                  for (int i = 0; i < shape.capacity(); i++) {
                    channel.put(new Heavy());
                  }
                  channel.put(heavy());
                  return null;
                })
            .awaitBlocked();
    interrupted.interrupt();
    assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
    assertThat(channel.offer(heavy())).isFalse();
    assertThat(channel.offer(heavy(), SHORT)).isFalse();
    assertThat(
            Select.<Integer>select(channel.onPut(heavy(), () -> 1), Select.after(SHORT, () -> 2)))
        .isEqualTo(2);
    assertCollected(channel);
  }

  @Test
  void threadsThatGaveUpWaitingAreNotKept() throws Exception {
    // checks remember the thread that worked last at a single end
    assumeFalse(Boolean.getBoolean("dev.tandem.queues.checks"), "checks are off");
    Channel<Heavy> channel = shape.create(cf -> cf);
    List<WeakReference<Thread>> gone = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread thread =
          threads.newThread(() -> {
            try {
              channel.poll(SHORT);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      thread.start();
      assertThat(thread.join(Caller.PATIENCE)).isTrue();
      gone.add(new WeakReference<>(thread));
    }
    soon()
        .until(() -> {
          System.gc();
          return gone.stream().allMatch(thread -> thread.get() == null);
        });
    Reference.reachabilityFence(channel);
  }
}
