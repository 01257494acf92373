package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Select;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Channels between processes: what [Channel] says, with workers at its ends.
class ProcessChannelTest {
  private static final Duration SOON = Duration.ofMillis(20);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /// {@return the result of a call in a thread of this process that has begun to wait}
  private static <T> FutureTask<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> task.isDone() || thread.getState().name().endsWith("WAITING"));
    return task;
  }

  private static int sum(Channel<Integer> from) {
    int sum = 0;
    for (int element : from) {
      sum += element;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void manyPutAndTakeOnBothSides(int capacity) throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> channel = pool.newChannel(capacity);
    var there = pool.submit(() -> sum(channel));
    FutureTask<Integer> here = waiting(() -> sum(channel));
    var producer =
        pool.submit(() -> {
          for (int i = 1; i <= 1_000; i++) {
            channel.put(i);
          }
        });
    for (int i = 1; i <= 1_000; i++) {
      channel.put(i);
    }
    get(producer);
    channel.close();

    assertThat(get(there) + get(here)).isEqualTo(1_001_000);
    assertThat(channel.isDrained()).isTrue();
    assertThat(channel.stats().puts()).isEqualTo(2_000);
    assertThat(channel.stats().takes()).isEqualTo(2_000);
  }

  @Test
  void twoChannelsAreAPipe() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> there = pool.newChannel(1);
    Channel<Integer> back = pool.newChannel(1);
    var echo =
        pool.submit(() -> {
          for (int i : there) {
            back.put(-i);
          }
          back.close();
        });
    for (int i = 1; i < 1_000; i++) {
      there.put(i);
      assertThat(back.take()).isEqualTo(-i);
    }
    there.close();

    assertThatThrownBy(back::take).isInstanceOf(ChannelClosedException.class);
    get(echo);
  }

  @Test
  void whatIsLeftWhenThePoolHasEndedCanBeTakenHere() throws Exception {
    Channel<byte[]> left;
    try (var pool = Tandem.newProcessPool(1)) {
      left = pool.newChannel(10);
      get(
          pool.submit(() -> {
            left.put(new byte[] {1});
            left.put(new byte[1_000_000]);
          }));
    }
    assertThat(left.isClosed()).isTrue();
    assertThat(left.take()).containsExactly(1);
    assertThat(left.take()).hasSize(1_000_000);
    assertThatThrownBy(left::take)
        .isInstanceOf(ChannelClosedException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> left.put(new byte[1])).isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void offerAndPollAreExactInAWorker() throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> channel = pool.newChannel(2);
    channel.put(7);

    String seen =
        get(
            pool.submit(() ->
                "%s %s %s %s %s %s"
                    .formatted(
                        channel.poll(),
                        channel.poll(),
                        channel.offer(1),
                        channel.offer(2),
                        channel.offer(3),
                        channel.offer(3, SOON))));

    assertThat(seen).isEqualTo("7 null true true false false");
    assertThat(channel.size()).isEqualTo(2);
    assertThat(channel.offer(4)).isFalse();
    assertThat(List.of(channel.poll(), channel.poll(SOON))) // one may have been on its way there
        .containsExactlyInAnyOrder(1, 2);
    assertThat(channel.poll(SOON)).isNull();
    assertThat(get(pool.submit(() -> channel.poll(SOON) == null))).isTrue();
  }

  @Test
  void batchesGoThroughAWorker() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> there = pool.newChannel(10);
    Channel<Integer> back = pool.newChannel(3);
    var worker =
        pool.submit(() -> {
          List<Integer> all = new ArrayList<>();
          while (all.size() < 50) {
            there.drain(all::add, 7, Duration.ofSeconds(10));
          }
          back.putAll(all);
          back.close();
        });
    there.putAll(IntStream.range(0, 50).boxed().toList());

    assertThat(back.stream().toList())
        .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    get(worker);
  }

  @Test
  void closeByAWorkerGivesItsCauseToAll() throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> channel = pool.newChannel(4);
    FutureTask<Integer> here = waiting(channel::take);
    var there = pool.submit(channel::take);
    get(pool.submit(() -> channel.closeExceptionally(new IllegalStateException("boom"))));

    assertThatThrownBy(() -> get(here))
        .hasCauseInstanceOf(ChannelClosedException.class)
        .hasRootCauseMessage("boom");
    assertThatThrownBy(() -> get(there))
        .hasCauseInstanceOf(ChannelClosedException.class)
        .hasRootCauseMessage("boom");
    assertThatThrownBy(() -> channel.put(1)).hasRootCauseMessage("boom");
    assertThat(get(pool.submit(channel::isClosed))).isTrue();
  }

  @Test
  void eachPutThatReturnedBeforeACloseIsDeliveredOnce() throws Exception {
    ProcessPool pool = probe.open(2);
    for (int round = 0; round < 20; round++) {
      Channel<Integer> channel = pool.newChannel(8);
      List<Future<Integer>> producers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int first = i * 1_000_000;
        producers.add(pool.submit(() -> putUntilClosed(channel, first)));
      }
      List<Integer> taken = new ArrayList<>();
      for (int i = 0; i < 50 + round; i++) {
        taken.add(channel.take());
      }
      channel.close();
      channel.iterator().forEachRemaining(taken::add);

      int put = 0;
      for (var producer : producers) {
        put += get(producer);
      }
      assertThat(taken).hasSize(put).doesNotHaveDuplicates();
    }
  }

  private static int putUntilClosed(Channel<Integer> channel, int first)
      throws InterruptedException {
    int count = 0;
    try {
      while (true) {
        channel.put(first + count);
        count++;
      }
    } catch (ChannelClosedException _) {
      return count;
    }
  }

  @Test
  void closeNowHandsBackWhatIsOnItsWay() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> channel = pool.newChannel(10);
    channel.putAll(List.of(1, 2, 3, 4, 5));
    assertThat(get(pool.submit(channel::take))).isEqualTo(1);

    assertThat(channel.closeNow()).containsExactly(2, 3, 4, 5);
    Channel<Integer> other = pool.newChannel(10);
    other.putAll(List.of(1, 2, 3));
    assertThat(get(pool.submit(() -> new ArrayList<>(other.closeNow())))).containsExactly(1, 2, 3);
    assertThat(other.isDrained()).isTrue();
  }

  @Test
  void allIsDoneWhenWorkersHaveSaidSo() throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> channel = pool.newChannel(10);
    channel.put(1);
    channel.put(2);
    assertThat(channel.awaitDone(SOON)).isFalse();
    FutureTask<Void> waits =
        waiting(() -> {
          channel.awaitDone();
          return null;
        });
    get(pool.submit(() -> channel.take()));
    get(pool.submit(() -> channel.take()));
    for (int i = 0; i < 2; i++) {
      assertThat(waits.isDone()).isFalse();
      get(pool.submit(channel::taskDone));
    }

    get(waits);
    assertThat(get(pool.submit(() -> channel.awaitDone(Duration.ofSeconds(10))))).isTrue();
    assertThatThrownBy(() -> get(pool.submit(channel::taskDone)))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatADeadWorkerHadTakenIsReported() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> channel = pool.newChannel(10);
    channel.putAll(List.of(1, 2, 3));
    var dies =
        pool.submit(() -> {
          channel.take();
          Runtime.getRuntime().halt(3);
        });
    assertThatThrownBy(() -> get(dies)).hasCauseInstanceOf(WorkerCrashedException.class);
    assertThat(channel.take()).isEqualTo(2);
    assertThat(get(pool.submit(() -> takeAndDone(channel)))).isEqualTo(3);
    channel.taskDone();

    assertThatThrownBy(channel::awaitDone)
        .isInstanceOf(WorkerCrashedException.class)
        .hasMessageContaining("1 elements");
  }

  private static int takeAndDone(Channel<Integer> channel) throws InterruptedException {
    int taken = channel.take();
    channel.taskDone();
    return taken;
  }

  @Test
  void whatADeadWorkerHadTakenIsDeliveredAgain() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> channel = pool.newChannel(3, cf -> cf.withRedelivery());
    channel.putAll(List.of(1, 2, 3));
    var dies =
        pool.submit(() -> {
          channel.take();
          channel.taskDone();
          channel.take();
          Runtime.getRuntime().halt(3);
        });
    assertThatThrownBy(() -> get(dies)).hasCauseInstanceOf(WorkerCrashedException.class);
    channel.close();

    assertThat(get(pool.submit(() -> takeAndDone(channel)))).isEqualTo(2);
    assertThat(get(pool.submit(() -> takeAndDone(channel)))).isEqualTo(3);
    channel.awaitDone();
    assertThatThrownBy(channel::take).isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void selectTakesFromAWorkerAndPutsToOne() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> from = pool.newChannel(1);
    Channel<String> to = pool.newChannel(1);
    to.put("full");
    var worker =
        pool.submit(() -> {
          from.put(5);
          from.put(6);
          return to.take() + to.take();
        });
    assertThat(Select.select(from.onTake(i -> "took " + i), to.onPut("x", () -> "put")))
        .isEqualTo("took 5");
    List<String> seen = new ArrayList<>();
    seen.add(Select.select(from.onTake(i -> "took " + i)));
    seen.add(Select.select(to.onPut("x", () -> "put")));

    assertThat(seen).containsExactly("took 6", "put");
    assertThat(get(worker)).isEqualTo("fullx");
  }

  @Test
  void bodiesOfProducersAndConsumersRunInWorkers() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> channel = pool.newChannel(4);
    get(pool.submit(() -> channel.producer(to -> to.put(1)).call()));
    channel.consumer(from -> assertThat(from.take()).isEqualTo(1)).call();
    assertThatThrownBy(channel::take).isInstanceOf(ChannelClosedException.class);
    Channel<Integer> fails = pool.newChannel(4);
    var failure =
        pool.submit(() ->
            fails
                .producer(to -> {
                  throw new IllegalStateException("boom");
                })
                .call());

    assertThatThrownBy(() -> get(failure)).hasRootCauseMessage("boom");
    assertThatThrownBy(fails::take).hasRootCauseMessage("boom");
  }

  record Letter(String text, Channel<String> answer) {}

  @Test
  void channelGoesThroughAChannelToAWorkerThatStartsLater() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withRecycleAfter(1));
    Channel<Letter> letters = pool.newChannel(2);
    for (int i = 0; i < 3; i++) {
      Channel<String> answer = pool.newChannel(1);
      letters.put(new Letter("letter " + i, answer));
      get(
          pool.submit(() -> {
            Letter letter = letters.take();
            letter.answer().put(letter.text() + " answered");
          }));
      assertThat(answer.take()).isEqualTo("letter " + i + " answered");
    }
  }

  @Test
  void unusedEndsDoNoHarm() throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> channel = pool.newChannel(1);
    get(pool.submit(() -> channel.poll())); // it has a lane from now on, and does not take
    get(pool.submit(() -> channel.offer(1))); // as it has one for puts
    assertThat(channel.take()).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      channel.put(i);
      assertThat(channel.take()).isEqualTo(i);
    }
  }

  static final class Unserializable {}

  static final class Refused implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException {
      throw new InvalidObjectException("refused");
    }
  }

  @Test
  void elementThatCannotBeSentOrAcceptedFailsAlone() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxMessage(1 << 20));
    Channel<Object> channel = pool.newChannel(4);

    assertThatThrownBy(() -> channel.put(new Unserializable()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unserializable");
    assertThatThrownBy(() -> channel.put(new byte[2 << 20])).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> get(pool.submit(() -> channel.put(new Unserializable()))))
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> get(pool.submit(() -> channel.put(new byte[2 << 20]))))
        .hasCauseInstanceOf(RuntimeException.class);
    get(pool.submit(() -> channel.put(new Refused())));
    get(pool.submit(() -> channel.put("good")));
    assertThatThrownBy(channel::take).isInstanceOf(UncheckedIOException.class);
    assertThat(channel.take()).isEqualTo("good");
    assertThat(channel.size()).isZero();
  }

  @Test
  void elementThatIsNotAcceptedIsToldAfterItsBatch() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Object> channel = pool.newChannel(4);
    channel.put("good");
    get(pool.submit(() -> channel.put(new Refused())));
    channel.put("better");
    channel.close();

    Iterator<List<Object>> batches = channel.batches(4, Duration.ofSeconds(50)).iterator();

    assertThat(batches.next()).contains("good");
    assertThatThrownBy(batches::hasNext).isInstanceOf(UncheckedIOException.class);
    List<Object> rest = new ArrayList<>();
    batches.forEachRemaining(rest::addAll);
    assertThat(rest).isSubsetOf("better"); // or it was in the first one
  }

  @Test
  void largeElementsLeaveNoFile() throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<byte[]> channel = pool.newChannel(2);
    var worker = pool.submit(() -> channel.take().length + channel.take().length);
    channel.put(new byte[100_000]);
    channel.put(new byte[3_000_000]);
    assertThat(get(worker)).isEqualTo(3_100_000);
    channel.put(new byte[100_000]);
    channel.put(new byte[100_000]);
    assertThat(channel.offer(new byte[100_000])).isFalse();
    assertThat(get(pool.submit(() -> channel.offer(new byte[100_000])))).isFalse();
    assertThat(elements()).hasSize(2);
    assertThat(channel.closeNow()).hasSize(2);

    assertThat(elements()).isEmpty();
  }

  private List<String> elements() throws Exception {
    return ProcessPoolProbe.files(probe.pages()).stream()
        .filter(file -> file.contains("element-"))
        .toList();
  }

  @Test
  void interruptedThreadPutsAndTakesNothing() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> channel = pool.newChannel(4);
    String there =
        get(
            pool.submit(() -> {
              Thread.currentThread().interrupt();
              try {
                channel.put(1);
                return "put";
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return channel.offer(2) + " " + Thread.interrupted();
              }
            }));

    assertThat(there).isEqualTo("true true");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> channel.put(3)).isInstanceOf(InterruptedException.class);
    assertThat(channel.poll()).isEqualTo(2);
    assertThat(channel.poll()).isNull();
  }

  @Test
  void cancelledTaskLeavesItsWait() throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> channel = pool.newChannel(1);
    var taker = pool.submit(channel::take);
    Awaitility.await().until(() -> pool.stats().running() == 1);
    taker.cancel(true);
    FutureTask<Integer> here = waiting(channel::take);

    get(pool.submit(() -> channel.put(9)));

    assertThat(get(here)).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endOfThePoolEndsAllWaits(boolean kills) throws Exception {
    ProcessPool pool = probe.open(2);
    Channel<Integer> empty = pool.newChannel(1);
    Channel<Integer> full = pool.newChannel(3);
    get(pool.submit(() -> full.put(1)));
    full.put(2);
    full.put(3);
    FutureTask<Integer> taker = waiting(empty::take);
    FutureTask<Void> putter =
        waiting(() -> {
          full.put(4);
          return null;
        });
    if (kills) {
      pool.killWorkers();
    } else {
      pool.shutdown();
    }
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> get(taker))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ChannelClosedException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> get(putter)).hasCauseInstanceOf(ChannelClosedException.class);
    assertThat(full.size()).isEqualTo(3);
    assertThat(List.of(full.take(), full.take(), full.take())) // of two processes: in any order
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThatThrownBy(full::take).isInstanceOf(ChannelClosedException.class);
    assertThatThrownBy(() -> pool.newChannel(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void otherPoolsTaskCannotHaveTheChannel() {
    ProcessPool pool = probe.open(1);
    ProcessPool other = probe.open(1);
    Channel<Integer> channel = pool.newChannel(1);

    assertThatThrownBy(() -> get(other.submit(() -> channel.put(1))))
        .hasStackTraceContaining("another pool");
    assertThatThrownBy(channel::asBlockingQueue).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> pool.newChannel(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pool.newChannel((1 << 20) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyChannelsInOnePool() throws Exception {
    ProcessPool pool = probe.open(1);
    List<Channel<Integer>> channels = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      channels.add(pool.newChannel(1));
    }
    List<Channel<Integer>> used = List.copyOf(channels.subList(0, 50));
    var worker =
        pool.submit(() -> {
          for (Channel<Integer> channel : used) {
            channel.put(used.size());
          }
        });
    for (Channel<Integer> channel : used) {
      assertThat(channel.take()).isEqualTo(50);
    }
    get(worker);
    channels.forEach(Channel::close);
  }

  @Test
  void putAllNamesANullByItsPlaceAndPutsNothing() {
    Channel<Integer> channel = probe.open(1).newChannel(5);
    assertThatThrownBy(() -> channel.putAll(Arrays.asList(1, 2, null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("elements[2]: null (expected: not null)");
    assertThat(channel.size()).isZero();
  }

  @Test
  void putAllTakesTheElementsOfACollectionAtOnce() throws Exception {
    Channel<Integer> channel = probe.open(1).newChannel(5);
    Collection<Integer> elements =
        new AbstractCollection<>() {
          @Override
          public Iterator<Integer> iterator() {
            throw new UnsupportedOperationException("it may change meanwhile");
          }

          @Override
          public Object[] toArray() {
            return new Object[] {1, 2};
          }

          @Override
          public int size() {
            return 2;
          }
        };
    channel.putAll(elements);
    assertThat(channel.take() + channel.take()).isEqualTo(3);
  }
}
