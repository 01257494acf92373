package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Workers that put into a channel and take from it are killed at random, again and again, for five
/// seconds; `-Dtandem.stress.seconds=60` for longer. Threads of this process put and take, too. The
/// ledger is shared memory: what a task has noted is there, whatever becomes of its worker.
///
/// Each element is taken once, or, if a consumer was killed with it, not at all; with redelivery,
/// each is taken, perhaps more than once. None is broken, no thread hangs, and no file is left.
class ChannelKillStormTest {
  private static final long SECONDS =
      Long.getLong("tandem.stress.seconds", Long.getLong("tandem.storm.seconds", 5));
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int PRODUCERS = 200; // in a round
  private static final int NUMBERS = 400; // of a producer
  private static final int[] CAPACITIES = {1, 2, 10, 100};
  private static final int LARGE = 40_000; // does not go through a lane

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  /// An element that can be told from all others, and from a broken one.
  record Item(int producer, int number, long sum, byte[] body) {
    static Item of(int producer, int number) {
      int size = number % 40 == 39 ? LARGE : number % 10 == 9 ? 3_000 : 20;
      byte[] body = new byte[size];
      new Random(producer * 31L + number).nextBytes(body);
      return new Item(producer, number, sum(body), body);
    }

    private static long sum(byte[] body) {
      CRC32 crc = new CRC32();
      crc.update(body);
      return crc.getValue();
    }

    void check() {
      if (sum(body) != sum || number < 0 || number >= NUMBERS) {
        throw new AssertionError("broken: " + this);
      }
    }
  }

  /// What the tasks of a round note.
  ///
  /// @param begun how many puts each producer has begun
  /// @param put how many of them have returned
  /// @param taken how often each element was taken
  /// @param broken how many were broken
  /// @param steps how many operations workers have done, in all rounds
  record Notes(
      SharedLongArray begun,
      SharedLongArray put,
      SharedLongArray taken,
      SharedLong broken,
      SharedLong steps) {
    static Notes in(ProcessPool pool, SharedLong steps) {
      return new Notes(
          pool.newLongArray(PRODUCERS),
          pool.newLongArray(PRODUCERS),
          pool.newLongArray(PRODUCERS * NUMBERS),
          pool.newLong(0),
          steps);
    }

    void close() {
      begun.close();
      put.close();
      taken.close();
      broken.close();
    }

    void take(Item item) {
      try {
        item.check();
      } catch (AssertionError e) {
        broken.getAndAdd(1);
        throw e;
      }
      taken.getAndAdd(item.producer * NUMBERS + item.number, 1);
    }
  }

  private static int produce(int producer, Channel<Item> channel, Notes notes) throws Exception {
    for (int i = 0; i < NUMBERS; i++) {
      notes.begun.set(producer, i + 1);
      notes.steps.getAndAdd(1);
      channel.put(Item.of(producer, i));
      notes.put.set(producer, i + 1);
    }
    return NUMBERS;
  }

  /// {@return how many were taken}
  private static int consume(Channel<Item> channel, Notes notes, int most) throws Exception {
    int count = 0;
    try {
      Item item;
      while (count < most && (item = channel.poll(Duration.ofSeconds(10))) != null) {
        take(item, channel, notes);
        count++;
      }
    } catch (ChannelClosedException e) {
      if (e.getCause() != null) {
        throw e;
      }
    }
    return count;
  }

  /// Takes all that is left, however long nothing comes.
  private static void consumeToTheEnd(Channel<Item> channel, Notes notes) {
    for (Item item : channel) {
      take(item, channel, notes);
    }
  }

  private static void take(Item item, Channel<Item> channel, Notes notes) {
    notes.take(item);
    channel.taskDone();
    notes.steps.getAndAdd(1);
  }

  private static Future<Integer> submitProducer(
      ProcessPool pool, int producer, Channel<Item> channel, Notes notes) {
    return pool.submit(() -> produce(producer, channel, notes));
  }

  private static Future<Integer> submitConsumer(
      ProcessPool pool, Channel<Item> channel, Notes notes) {
    return pool.submit(() -> consume(channel, notes, 300));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(300)
  void eachElementIsAccountedFor(boolean redelivers) throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    ProcessPool pool = probe.open(3, cf -> cf.withSpares(2));
    SharedLong steps = pool.newLong(0);
    WorkerKiller killer = new WorkerKiller(pool, steps, seed);
    long elements = 0;
    int lost = 0;
    int rounds = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      while (System.nanoTime() < end || killer.kills() < SECONDS) { // a busy machine kills slowly
        Round round =
            new Round(pool, steps, CAPACITIES[random.nextInt(CAPACITIES.length)], redelivers, seed);
        round.run(Math.clamp(end, System.nanoTime() + SECOND, System.nanoTime() + 3 * SECOND));
        elements += round.elements;
        lost += round.lost;
        rounds++;
      }
    } finally {
      killer.end();
    }
    System.out.printf(
        "channels: %d kills, %d rounds, %d elements, %d lost, redelivery %s, seed %d%n",
        killer.kills(), rounds, elements, lost, redelivers, seed);
    assertThat(elements)
        .as("elements that workers have put")
        .isGreaterThan((long) rounds * NUMBERS);
  }

  /// One channel, from its making to its end.
  private final class Round {
    private final ProcessPool pool;
    private final boolean redelivers;
    private final String what;
    private final Notes notes;
    private final Channel<Item> channel;
    private final List<Future<Integer>> producers = new ArrayList<>();
    private final List<Future<Integer>> consumers = new ArrayList<>();
    private long elements;
    private int lost;

    Round(ProcessPool pool, SharedLong steps, int capacity, boolean redelivers, long seed) {
      this.pool = pool;
      this.redelivers = redelivers;
      what = "capacity %d, redelivery %s, seed %d".formatted(capacity, redelivers, seed);
      notes = Notes.in(pool, steps);
      channel = pool.newChannel(capacity, cf -> redelivers ? cf.withRedelivery() : cf);
    }

    void run(long end) throws Exception {
      FutureTask<Void> consumerHere = new FutureTask<>(() -> consumeToTheEnd(channel, notes), null);
      Thread.ofPlatform().name("consumer here").start(consumerHere);
      FutureTask<Integer> producerHere = new FutureTask<>(() -> produce(0, channel, notes));
      Thread.ofPlatform().name("producer here").start(producerHere);
      int used = 1;
      do {
        if (unfinished(producers) < 2 && used < PRODUCERS) {
          int producer = used++;
          producers.add(submitProducer(pool, producer, channel, notes));
        }
        if (unfinished(consumers) < 2) {
          consumers.add(submitConsumer(pool, channel, notes));
        }
        TimeUnit.MILLISECONDS.sleep(1);
      } while (System.nanoTime() < end);
      int crashed = 0;
      for (Future<Integer> producer : producers) {
        var _ = crashed(producer);
      }
      assertThat(producerHere.get(30, TimeUnit.SECONDS)).isEqualTo(NUMBERS);
      channel.close();
      for (Future<Integer> consumer : consumers) {
        crashed += crashed(consumer) ? 1 : 0;
      }
      var _ = consumerHere.get(30, TimeUnit.SECONDS);
      assertDone(crashed);
      assertLedger(used, crashed);
      assertNoFiles();
      notes.close();
    }

    private static long unfinished(List<Future<Integer>> futures) {
      return futures.stream().filter(future -> !future.isDone()).count();
    }

    private boolean crashed(Future<Integer> task) throws Exception {
      try {
        var _ = task.get(30, TimeUnit.SECONDS);
        return false;
      } catch (ExecutionException e) {
        assertThat(e).as(what).hasCauseInstanceOf(WorkerCrashedException.class);
        return true;
      }
    }

    private void assertDone(int crashed) throws InterruptedException {
      assertThat(channel.isDrained()).as(what).isTrue();
      try {
        assertThat(channel.awaitDone(Duration.ofSeconds(20))).as(what).isTrue();
      } catch (WorkerCrashedException e) {
        assertThat(redelivers).as("nothing is lost, %s", what).isFalse();
        assertThat(crashed).as(what).isPositive();
      }
    }

    private void assertLedger(int used, int crashed) {
      assertThat(notes.broken.get()).as("broken, %s", what).isZero();
      for (int producer = 0; producer < used; producer++) {
        long put = notes.put.get(producer);
        long begun = notes.begun.get(producer);
        elements += put;
        for (int i = 0; i < NUMBERS; i++) {
          long taken = notes.taken.get(producer * NUMBERS + i);
          if (i >= begun) {
            assertThat(taken).as("%d of %d was not put, %s", i, producer, what).isZero();
          } else if (!redelivers) {
            assertThat(taken).as("%d of %d, %s", i, producer, what).isBetween(0L, 1L);
          }
          if (i < put && taken == 0) {
            lost++;
            assertThat(redelivers).as("%d of %d is lost, %s", i, producer, what).isFalse();
          }
        }
      }
      assertThat(lost).as("lost, %s", what).isLessThanOrEqualTo(crashed);
    }

    private void assertNoFiles() {
      Path pages = probe.pages();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(elements(pages)).as(what).isEmpty());
    }

    private static List<String> elements(Path pages) throws IOException {
      return ProcessPoolProbe.files(pages).stream()
          .filter(file -> file.contains("element-"))
          .toList();
    }
  }
}
