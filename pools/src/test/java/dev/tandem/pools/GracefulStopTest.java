package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.Tandem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A service is told to stop, by SIGTERM to it or to all of its processes: the application's
/// shutdown decides what becomes of the work in its pool.
@EnabledOnOs({OS.LINUX, OS.MAC})
class GracefulStopTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  /// What the application does when it is told to stop.
  enum Stop {
    HOOK,
    GUAVA
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcceptedIsDoneWhenTheServiceStops(Stop stop) throws Exception {
    try (ChildJvm service = ChildJvm.Start.PLAIN.in(probe).run(Service.class, stop.name())) {
      List<Long> workers = service.toldPids("workers");
      service.told("loaded");

      for (long worker : workers) {
        Workers.signal("TERM", worker); // a service manager does not say in which order
      }
      Workers.signal("TERM", service.pid());

      assertThat(service.exitCode()).isEqualTo(143);
      workers.forEach(Workers::awaitGone);
      assertThat(service.told("lost")).isEqualTo("0");
      assertThat(Integer.parseInt(service.told("done"))).isPositive();
    }
    assertNothingLeft();
  }

  @Test
  void poolThatNobodyClosesHoldsNothingUp() throws Exception {
    try (ChildJvm parent =
        ChildJvm.Start.PLAIN.in(probe).run(Careless.class, directory.toString())) {
      List<Long> workers = parent.toldPids("workers");

      Workers.signal("TERM", parent.pid());

      assertThat(parent.exitCode()).isEqualTo(143);
      workers.forEach(Workers::awaitGone);
    }
    assertNothingLeft();
  }

  @Test
  void poolIsOfUseWhileTheJvmExits() throws Exception {
    try (ChildJvm parent = ChildJvm.Start.PLAIN.in(probe).run(Late.class)) {
      assertThat(parent.exitCode()).isEqualTo(7);
      assertThat(parent.told("old")).isEqualTo("1");
      assertThat(parent.told("new")).isEqualTo("2");
    }
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    assertThat(ProcessPoolProbe.files(probe.sockets())).isEmpty();
    assertThat(ProcessPoolProbe.files(probe.pages())).isEmpty();
  }

  /// Takes requests until it is told to stop.
  static final class Service {
    public static void main(String[] args) throws Exception {
      ProcessPool pool = Tandem.newProcessPool(2);
      ConcurrentLinkedQueue<Future<Integer>> accepted = new ConcurrentLinkedQueue<>();
      Thread teller = new Thread(() -> tell(accepted));
      switch (Stop.valueOf(args[0])) {
        case HOOK ->
            Runtime.getRuntime()
                .addShutdownHook(
                    new Thread(() -> {
                      pool.close();
                      teller.run();
                    }));
        case GUAVA -> {
          MoreExecutors.addDelayedShutdownHook(pool, Duration.ofSeconds(30));
          Runtime.getRuntime()
              .addShutdownHook(
                  new Thread(() -> {
                    try {
                      pool.awaitTermination(30, TimeUnit.SECONDS);
                    } catch (InterruptedException _) {
                      // then some are lost
                    }
                    teller.run();
                  }));
        }
      }
      System.out.println("workers " + Workers.awaitReady(pool, 2));
      try {
        for (int i = 0; true; i++) {
          accepted.add(pool.submit(() -> Work.pause(50_000)));
          if (i == 40) {
            System.out.println("loaded");
          }
          TimeUnit.MILLISECONDS.sleep(5);
        }
      } catch (RejectedExecutionException _) {
        Thread.sleep(Long.MAX_VALUE); // it stops
      }
    }

    private static void tell(Iterable<Future<Integer>> accepted) {
      AtomicInteger done = new AtomicInteger();
      List<Throwable> lost = new ArrayList<>();
      for (Future<Integer> each : accepted) {
        try {
          each.get();
          done.incrementAndGet();
        } catch (Throwable e) {
          lost.add(e);
        }
      }
      lost.stream().limit(3).forEach(System.out::println);
      System.out.println("done " + done);
      System.out.println("lost " + lost.size());
      System.out.flush();
    }
  }

  /// Has a task that never ends, and a shutdown that forgets the pool.
  static final class Careless {
    public static void main(String[] args) throws Exception {
      ProcessPool pool = Tandem.newProcessPool(1, cf -> cf.withSpares(1));
      Mark started = Mark.in(Path.of(args[0]), "started");
      pool.submit(() -> Work.spin(started));
      started.await();
      System.out.println("workers " + Workers.awaitReady(pool, 2));
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /// Uses one pool that it had, and one that it makes, in a shutdown hook, and closes neither.
  static final class Late {
    public static void main(String[] args) throws Exception {
      ProcessPool pool = Tandem.newProcessPool(1);
      Workers.awaitReady(pool, 1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                try {
                  System.out.println("old " + pool.submit(() -> 1).get());
                  System.out.println("new " + Tandem.newProcessPool(1).submit(() -> 2).get());
                  System.out.flush();
                } catch (Exception e) {
                  System.out.println("failed " + e);
                }
              }));
      System.exit(7);
    }
  }
}
