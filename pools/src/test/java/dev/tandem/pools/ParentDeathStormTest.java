package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An application is killed in the middle of a storm: its workers put into channels and take from
/// them, write shared memory and call a remote object, and are killed themselves at random. Again
/// and again, for five seconds; `-Dtandem.storm.seconds=60` for longer.
///
/// Each time no worker lives on, nothing is in the directory for temporary files, and what is in
/// the directories of the pool is gone when the next pool of the same user has come and gone.
class ParentDeathStormTest {
  private static final long SECONDS = Long.getLong("tandem.storm.seconds", 5);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path temporary;

  @Test
  @Timeout(300)
  void nothingOutlivesAnApplicationThatIsKilledWhileItsWorkersShare() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    int rounds = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    do {
      ChildJvm.Start start =
          ChildJvm.Start.with("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData").in(probe);
      try (ChildJvm application = start.run(Application.class, Long.toString(random.nextLong()))) {
        application.told("begun " + (7 + random.nextInt(12)) + " "); // six are under way
        TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000)); // anywhere in what follows
        application.kill();
        assertNoWorker();
      }
      ProcessPool next = probe.open(1);
      assertThat(next.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
      next.close();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> {
            assertThat(ProcessPoolProbe.files(probe.sockets())).as("seed %d", seed).isEmpty();
            assertThat(ProcessPoolProbe.files(probe.pages())).as("seed %d", seed).isEmpty();
          });
      assertThat(ProcessPoolProbe.files(temporary)).as("seed %d", seed).isEmpty();
      rounds++;
    } while (System.nanoTime() < end);
    System.out.printf("deaths of the parent in a storm: %d, seed %d%n", rounds, seed);
  }

  /// Whatever worker there is, started by whom: its command line has a file of its pool.
  private void assertNoWorker() {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(workers()).isEmpty());
  }

  private List<String> workers() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path each : all.filter(file -> Files.exists(file.resolve("cmdline"))).toList()) {
        try {
          String command = Files.readString(each.resolve("cmdline"));
          if (command.contains(probe.sockets().toString())) {
            found.add(each.getFileName() + " " + command.replace('\0', ' '));
          }
        } catch (IOException _) {
          // it has ended
        }
      }
    }
    return found;
  }

  /// What the workers call.
  interface Ledger {
    long note(byte[] content);
  }

  /// Has a pool with all that processes share, and tells each task that it has submitted, until it
  /// is killed.
  static final class Application {
    public static void main(String[] args) throws Exception {
      long seed = Long.parseLong(args[0]);
      ProcessPool pool = Tandem.newProcessPool(2, cf -> cf.withSpares(1).withMaxHeap(64L << 20));
      Channel<byte[]> first = pool.newChannel(10);
      Channel<byte[]> second = pool.newChannel(4, cf -> cf.withRedelivery());
      SharedLong steps = pool.newLong(0);
      Ledger ledger = pool.export(Ledger.class, content -> content.length);
      start(() -> move(first, second));
      start(() -> drain(second));
      var _ = new WorkerKiller(pool, steps, seed); // to the end
      Semaphore room = new Semaphore(6);
      Random random = new Random(seed);
      for (int task = 1; true; task++) {
        room.acquire();
        SharedSegment segment = pool.newSegment(1 << 16); // made and closed again and again
        long own = random.nextLong();
        pool.submit(() -> share(first, second, segment, steps, ledger, own))
            .addListener(
                () -> {
                  segment.close();
                  room.release();
                },
                Runnable::run);
        System.out.println("begun " + task + " ");
      }
    }

    private interface Body {
      void run() throws Exception;
    }

    private static void start(Body body) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              body.run();
            } catch (Exception e) {
              System.out.println("failed: " + e);
            }
          });
    }

    private static void move(Channel<byte[]> from, Channel<byte[]> to) throws Exception {
      while (true) {
        to.put(from.take());
      }
    }

    private static void drain(Channel<byte[]> from) throws Exception {
      while (true) {
        var _ = from.take();
        from.taskDone();
      }
    }
  }

  private static long share(
      Channel<byte[]> first,
      Channel<byte[]> second,
      SharedSegment segment,
      SharedLong steps,
      Ledger ledger,
      long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    long sum = 0;
    for (int i = 0; i < 50; i++) {
      byte[] content = new byte[random.nextInt(10) == 0 ? 40_000 : 20]; // large ones are files
      switch (random.nextInt(4)) {
        case 0 -> first.put(content);
        case 1 -> {
          if (second.poll() != null) {
            second.taskDone();
          }
        }
        case 2 -> sum += ledger.note(content);
        default -> segment.memory().set(LONG, 8L * i, steps.get());
      }
      steps.getAndAdd(1);
    }
    return sum;
  }
}
