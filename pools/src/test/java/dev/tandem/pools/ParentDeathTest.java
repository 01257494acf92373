package dev.tandem.pools;

import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.SerializableCallable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Row 13: the JVM that has the pool is killed.
class ParentDeathTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  /// What workers do when their parent dies.
  enum Busy {
    IDLE,
    LOOPING,
    COLLECTING_GARBAGE,
    HANGING_IN_A_SHUTDOWN_HOOK,
    STOPPED,
    STARTING
  }

  @ParameterizedTest
  @EnumSource
  void noWorkerOutlivesItsParent(Busy busy) throws Exception {
    try (ChildJvm parent =
        ChildJvm.Start.PLAIN.in(probe).run(Parent.class, busy.name(), directory.toString())) {
      List<Long> workers = parent.toldPids("workers");
      assertThat(workers).hasSize(2).allMatch(Workers::isAlive);
      parent.told("running");
      if (busy == Busy.STOPPED) {
        for (long worker : workers) {
          Workers.signal("STOP", worker);
        }
      }

      long start = System.nanoTime();
      parent.kill();
      workers.forEach(Workers::awaitGone);
      figure("row 13: SIGKILL of the parent to no worker, " + busy, start);
    }
    // and what the parent left is gone when the next pool has come and gone, see the probe
    assertThat(probe.open(1).submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void parentThatExitsWithoutClosingItsPoolLeavesNothing() throws Exception {
    try (ChildJvm parent =
        ChildJvm.Start.PLAIN.in(probe).run(Exiting.class, directory.toString())) {
      List<Long> workers = parent.toldPids("workers");
      assertThat(parent.exitCode()).isEqualTo(7);
      workers.forEach(Workers::awaitGone);
    }
    assertThat(ProcessPoolProbe.files(probe.pages())).isEmpty();
  }

  /// Has a pool of two workers that do what they are told, until it is killed.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      Busy busy = Busy.valueOf(args[0]);
      Path directory = Path.of(args[1]);
      ProcessPool pool = Tandem.newProcessPool(2, cf -> cf.withMaxHeap(64L << 20).withPrefetch(0));
      List<Long> workers =
          busy == Busy.STARTING ? awaitProcesses(pool) : Workers.awaitReady(pool, 2);
      System.out.println("workers " + workers);
      for (int i = 0; i < 2; i++) {
        Mark started = Mark.in(directory, "started-" + i);
        SerializableCallable<Long> body =
            switch (busy) {
              case IDLE, STARTING -> null;
              case LOOPING, STOPPED -> () -> Work.spin(started);
              case COLLECTING_GARBAGE -> () -> collectGarbage(started);
              case HANGING_IN_A_SHUTDOWN_HOOK -> () -> hangInShutdownHook(started);
            };
        if (body != null) {
          pool.submit(body);
          started.await();
        }
      }
      System.out.println("running");
      Work.pause(60_000_000);
    }

    private static List<Long> awaitProcesses(ProcessPool pool) {
      while (true) {
        List<Long> pids = pool.workers().stream().map(WorkerInfo::pid).filter(p -> p > 0).toList();
        if (pids.size() == 2) {
          return pids;
        }
      }
    }
  }

  /// Keeps the heap nearly full, so that its JVM does little but collect garbage.
  private static long collectGarbage(Mark started) {
    Object[] alive = new Object[700];
    for (int i = 0; true; i = (i + 1) % alive.length) {
      alive[i] = new byte[64 << 10];
      if (i == alive.length - 1) {
        started.set();
      }
    }
  }

  private static long hangInShutdownHook(Mark started) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Work.spin(started)));
    System.exit(3);
    return 0;
  }

  /// Leaves without a word to its pool.
  static final class Exiting {
    public static void main(String[] args) throws Exception {
      ProcessPool pool = Tandem.newProcessPool(2);
      System.out.println("workers " + Workers.awaitReady(pool, 2));
      Mark started = Mark.in(Path.of(args[0]), "started");
      pool.submit(() -> Work.spin(started));
      started.await();
      System.exit(7);
    }
  }
}
