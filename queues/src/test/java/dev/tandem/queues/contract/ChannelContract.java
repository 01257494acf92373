package dev.tandem.queues.contract;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Condition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// The contract of every channel, whatever its shape, on both kinds of thread; one subclass for
/// each theme. The test itself runs on a thread of the kind, too.
///
/// Tests keep to what single-ended shapes promise: at most one living thread puts and one takes,
/// unless the test says that it needs more.
@ParameterizedClass(name = "{0} on {1} threads")
@ArgumentsSource(ShapesAndThreads.class)
@ExtendWith(OnThreadKind.class)
public abstract class ChannelContract {
  @Parameter(0)
  ChannelShape shape;

  @Parameter(1)
  ThreadKind threads;

  private final ConcurrentLinkedQueue<Caller<?>> callers = new ConcurrentLinkedQueue<>();

  /// {@return a new channel of the shape}
  final Channel<Integer> create() {
    return create(identity());
  }

  /// {@return a new channel of the shape with a changed configuration}
  final Channel<Integer> create(UnaryOperator<Channel.Config<Integer>> cf) {
    return shape.create(cf);
  }

  /// {@return a thread of the kind that has begun the call}
  final <T extends @Nullable Object> Caller<T> start(Callable<T> call) {
    Caller<T> caller = Caller.start(threads, call);
    callers.add(caller);
    return caller;
  }

  /// {@return the elements that were put until the channel was full, in that order}
  final List<Integer> fill(Channel<Integer> channel) {
    needsBound();
    return put(channel, shape.capacity());
  }

  /// {@return `n` elements that have been put, in that order}
  final List<Integer> put(Channel<Integer> channel, int n) {
    needsRoomFor(n);
    List<Integer> elements = ChannelShape.numbers(n);
    for (Integer element : elements) {
      putNow(channel, element);
    }
    return elements;
  }

  /// {@return a thread that has filled the channel and waits to put one element more}
  final Caller<?> putterOfFull(Channel<Integer> channel, int element) {
    return start(
            () -> {
              fill(channel);
              channel.put(element);
              return null;
            })
        .awaitBlocked();
  }

  /// {@return `n` threads that each wait to put an element into a full channel, which `all` gets}
  final List<Caller<?>> waitingPutters(Channel<Integer> channel, int n, List<Integer> all) {
    List<Caller<?>> putters = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      int element = -i;
      all.add(element);
      putters.add(
          start(
                  () -> {
                    channel.put(element);
                    return null;
                  })
              .awaitBlocked());
    }
    return putters;
  }

  /// Moves `many` numbers from each of some producers to consumers that run until the end.
  ///
  /// @return the numbers that each consumer got
  final List<List<Integer>> moveMany(
      Channel<Integer> channel, int producers, int many, Callable<List<Integer>> consumer)
      throws Exception {
    List<Caller<?>> putters = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int first = p * many;
      putters.add(
          start(() -> {
            for (int i = first; i < first + many; i++) {
              channel.put(i);
            }
            if (shape.isClosedByProducer()) {
              channel.close();
            }
            return null;
          }));
    }
    List<Caller<List<Integer>>> takers = new ArrayList<>();
    for (int c = 0; c < (shape.ends().singleConsumer ? 1 : 2); c++) {
      takers.add(start(consumer));
    }
    awaitAll(putters);
    channel.close();
    List<List<Integer>> taken = new ArrayList<>();
    for (Caller<List<Integer>> taker : takers) {
      taken.add(taker.result());
    }
    return taken;
  }

  static void awaitAll(List<Caller<?>> callers) throws Exception {
    for (Caller<?> caller : callers) {
      caller.result();
    }
  }

  /// {@return the next `n` elements, after waiting for them}
  static List<Integer> take(Channel<Integer> channel, int n) throws InterruptedException {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      taken.add(channel.take());
    }
    return taken;
  }

  static void putNow(Channel<Integer> channel, int element) {
    assertThat(channel.offer(element)).as("room for %s in %s", element, channel.stats()).isTrue();
  }

  /// {@return all that can be taken now}
  static List<Integer> takeAll(Channel<Integer> channel) {
    List<Integer> taken = new ArrayList<>();
    try {
      Integer element = channel.poll();
      while (element != null) {
        taken.add(element);
        element = channel.poll();
      }
    } catch (ChannelClosedException e) {
      // the end
    }
    return taken;
  }

  /// {@return all that is taken until the channel ends}
  static List<Integer> takeToEnd(Channel<Integer> channel) throws InterruptedException {
    List<Integer> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(channel.take());
      }
    } catch (ChannelClosedException e) {
      return taken;
    }
  }

  public static void assertClosed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ChannelClosedException.class).hasNoCause();
  }

  final void assertClosed(Throwable cause, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ChannelClosedException.class).cause().is(theOne(cause));
  }

  /// {@return whether an exception is the one that closed the channel} It is the same object, or a
  /// copy where it came from another process.
  final Condition<Throwable> theOne(Throwable cause) {
    boolean same = shape.factory().lacks(Need.SAME_FAILURE).isEmpty();
    return new Condition<>(
        e ->
            same
                ? e == cause
                : e.getClass() == cause.getClass()
                    && Objects.equals(e.getMessage(), cause.getMessage()),
        "%s %s",
        same ? "the very" : "a copy of",
        cause);
  }

  /// {@return a wait that polls its condition often}
  public static ConditionFactory soon() {
    return await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Caller.PATIENCE);
  }

  /// Skips the running test, with the reason, if the shape lacks what the test needs.
  final void needs(Need need) {
    String reason = shape.factory().lacks(need);
    assumeTrue(reason.isEmpty(), () -> need + ": " + reason);
  }

  final void needsRoomFor(int n) {
    assumeTrue(shape.capacity() >= n, () -> "room for " + n);
  }

  final void needsBound() {
    assumeTrue(shape.isBounded(), "a bound");
  }

  final void needsManyProducers() {
    assumeTrue(!shape.ends().singleProducer, "more than one producer");
  }

  final void needsManyConsumers() {
    assumeTrue(!shape.ends().singleConsumer, "more than one consumer");
  }

  /// For tests that close, or take out what is left, from another thread than the one that puts.
  final void needsCloseByAnyThread() {
    assumeTrue(!shape.isClosedByProducer(), "a close by any thread");
  }

  @AfterEach
  void everyThreadCanBeStopped() throws InterruptedException {
    for (Caller<?> caller : callers) {
      caller.interrupt();
    }
    for (Caller<?> caller : callers) {
      caller.end();
    }
  }
}
