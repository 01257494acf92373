package dev.tandem.pools.internal.channel;

import static dev.tandem.pools.internal.channel.LocalHub.number;
import static dev.tandem.pools.internal.channel.LocalHub.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.channel.LocalHub.LocalWorker;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Producers and consumers in the pool's process and in workers, all in one JVM with real lanes and
/// bells: they wait without end, with short timeouts, and are interrupted. Each element whose put
/// returned is taken once, no other is taken, and all threads come to an end by a close.
///
/// For two seconds; `-Dtandem.stress.seconds=60` for longer.
class HubStressTest {
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("tandem.stress.seconds", 2));
  private static final int ELEMENTS = 300; // of each producer
  private static final Duration SHORT = Duration.ofNanos(20_000);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64})
  @Timeout(300)
  void eachElementIsTakenOnceAndNoThreadWaitsForever(int capacity) throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    long end = System.nanoTime() + NANOS / 4;
    do {
      new Round(capacity, random, "capacity %d, seed %d".formatted(capacity, seed)).run();
    } while (System.nanoTime() < end);
  }

  private static final class Round {
    private final LocalHub local;
    private final Random random;
    private final String what;
    private final int producers;
    private final int consumers;
    private final AtomicIntegerArray put;
    private final AtomicIntegerArray taken;
    private final AtomicInteger putsDone = new AtomicInteger();

    Round(int capacity, Random random, String seed) {
      this.random = random;
      local = new LocalHub(capacity, random.nextInt(4) == 0);
      producers = 1 + random.nextInt(4);
      consumers = 1 + random.nextInt(4);
      what = "%d producers, %d consumers, %s".formatted(producers, consumers, seed);
      put = new AtomicIntegerArray(producers * ELEMENTS);
      taken = new AtomicIntegerArray(producers * ELEMENTS);
    }

    void run() throws Exception {
      List<LocalWorker> workers = new ArrayList<>();
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        workers.add(local.worker());
      }
      List<FutureTask<?>> puts = new ArrayList<>();
      List<FutureTask<?>> takes = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        int producer = i;
        Channel<Parcel> channel = random(workers);
        Random own = new Random(random.nextLong());
        puts.add(start(threads, () -> produce(producer, channel, own)));
      }
      for (int i = 0; i < consumers; i++) {
        LocalWorker worker = randomWorker(workers);
        Random own = new Random(random.nextLong());
        takes.add(start(threads, () -> consume(worker, own)));
      }
      try {
        while (!puts.stream().allMatch(FutureTask::isDone)) {
          threads.get(random.nextInt(threads.size())).interrupt();
          awaitProgress(puts);
        }
        for (FutureTask<?> each : puts) {
          each.get();
        }
        local.pool.close();
        for (FutureTask<?> each : takes) {
          each.get(20, TimeUnit.SECONDS);
        }
      } catch (Throwable e) {
        throw new AssertionError(what + stacks(threads), e);
      } finally {
        threads.forEach(Thread::interrupt);
      }
      for (int i = 0; i < put.length(); i++) {
        assertThat(taken.get(i)).as("element %d, %s", i, what).isEqualTo(put.get(i));
      }
      assertThat(local.pool.size()).as(what).isZero();
      assertThat(local.hub.puts()).as(what).isEqualTo(putsDone.get());
      assertThat(local.hub.takes()).as(what).isEqualTo(putsDone.get());
    }

    private void awaitProgress(List<FutureTask<?>> puts) throws InterruptedException {
      int before = putsDone.get();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (putsDone.get() < before + 20 && !puts.stream().allMatch(FutureTask::isDone)) {
        if (System.nanoTime() > until) {
          throw new AssertionError("nothing goes on");
        }
        TimeUnit.MICROSECONDS.sleep(50);
      }
    }

    private static String stacks(List<Thread> threads) {
      StringBuilder all = new StringBuilder();
      for (Thread thread : threads) {
        all.append('\n').append(thread.getName());
        for (StackTraceElement element : thread.getStackTrace()) {
          all.append("\n  ").append(element);
        }
      }
      return all.toString();
    }

    private interface Body {
      void run() throws Exception;
    }

    private static FutureTask<?> start(List<Thread> threads, Body body) {
      FutureTask<?> task =
          new FutureTask<>(() -> {
            body.run();
            return null;
          });
      threads.add(Thread.ofPlatform().daemon().start(task));
      return task;
    }

    private LocalWorker randomWorker(List<LocalWorker> workers) {
      int index = random.nextInt(workers.size() + 1);
      return index == 0 ? local.inPool() : workers.get(index - 1);
    }

    private Channel<Parcel> random(List<LocalWorker> workers) {
      return randomWorker(workers).channel;
    }

    private void produce(int producer, Channel<Parcel> channel, Random own) {
      for (int i = 0; i < ELEMENTS; i++) {
        int element = producer * ELEMENTS + i;
        while (!tryPut(parcel(element), channel, own)) {
          Thread.onSpinWait();
        }
        put.set(element, 1);
        putsDone.incrementAndGet();
      }
    }

    private static boolean tryPut(Parcel parcel, Channel<Parcel> channel, Random own) {
      try {
        switch (own.nextInt(4)) {
          case 0 -> {
            return channel.offer(parcel);
          }
          case 1 -> {
            return channel.offer(parcel, SHORT);
          }
          default -> channel.put(parcel);
        }
        return true;
      } catch (InterruptedException _) {
        return false;
      }
    }

    private void consume(LocalWorker worker, Random own) {
      while (true) {
        try {
          Parcel parcel =
              switch (own.nextInt(4)) {
                case 0 -> worker.channel.poll();
                case 1 -> worker.channel.poll(SHORT);
                default -> worker.channel.take();
              };
          if (parcel != null) {
            taken.incrementAndGet(number(parcel));
            worker.done();
          }
        } catch (InterruptedException _) {
          // again
        } catch (ChannelClosedException _) {
          return;
        }
      }
    }
  }
}
