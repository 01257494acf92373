package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What CPython's pool did wrong between tasks: idle workers are used again, and neither they nor
/// the pool keep arguments or results alive.
class IdleWorkerTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void tasksOneByOneAreRunByTheSameWorkers() throws Exception {
    ProcessPool pool = probe.open(3);
    Set<Long> pids = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      pids.add(pool.submit(Work::pid).get(20, TimeUnit.SECONDS));
    }

    assertThat(pids.size()).isLessThanOrEqualTo(3);
    Workers.awaitReady(pool, 3);
    assertThat(pool.workers()).hasSize(3).allMatch(worker -> worker.number() <= 3);
  }

  @Test
  void idlePoolKeepsNeitherArgumentNorResultAlive() throws Exception {
    ProcessPool pool = probe.open(1);
    for (int size : new int[] {10, 100_000}) {
      WeakReference<byte[]> argument = sendArgument(pool, size);
      WeakReference<byte[]> result = receiveResult(pool, size);

      awaitCollected(argument, "argument of " + size);
      awaitCollected(result, "result of " + size);
    }
  }

  private static WeakReference<byte[]> sendArgument(ProcessPool pool, int size) throws Exception {
    byte[] argument = new byte[size];
    assertThat(pool.submit(() -> argument.length).get(20, TimeUnit.SECONDS)).isEqualTo(size);
    return new WeakReference<>(argument);
  }

  private static WeakReference<byte[]> receiveResult(ProcessPool pool, int size) throws Exception {
    return new WeakReference<>(pool.submit(() -> new byte[size]).get(20, TimeUnit.SECONDS));
  }

  @Test
  void doneFutureDoesNotKeepItsArgumentAlive() throws Exception {
    ProcessPool pool = probe.open(1);
    List<Future<Integer>> futures = new ArrayList<>();

    WeakReference<byte[]> argument = sendAndKeep(pool, futures);

    awaitCollected(argument, "argument of a done future");
    assertThat(futures).singleElement().satisfies(each -> assertThat(each).isDone());
  }

  private static WeakReference<byte[]> sendAndKeep(ProcessPool pool, List<Future<Integer>> futures)
      throws Exception {
    byte[] argument = new byte[100_000];
    futures.add(pool.submit(() -> argument.length));
    futures.getFirst().get(20, TimeUnit.SECONDS);
    return new WeakReference<>(argument);
  }

  @Test
  void failedTaskKeepsNothingAlive() throws Exception {
    ProcessPool pool = probe.open(1);
    WeakReference<byte[]> argument = failWith(pool, new byte[100_000]);

    awaitCollected(argument, "argument of a failed task");
  }

  private static WeakReference<byte[]> failWith(ProcessPool pool, byte[] argument) {
    Failures.cause(pool.submit(() -> 1 / (argument.length - 100_000)), ArithmeticException.class);
    return new WeakReference<>(argument);
  }

  @Test
  void idleWorkerKeepsNeitherArgumentNorResultAlive() throws Exception {
    ProcessPool pool = probe.open(1);
    for (int size : new int[] {10, 100_000}) {
      Mark argumentGone = Mark.in(directory, "argument-" + size);
      Mark resultGone = Mark.in(directory, "result-" + size);
      byte[] argument = new byte[size];

      assertThat(
              pool.submit(() -> watchAndReturn(argument, argumentGone, resultGone))
                  .get(20, TimeUnit.SECONDS))
          .hasSize(size);

      argumentGone.await(); // while the worker has nothing to do
      resultGone.await();
    }
  }

  private static byte[] watchAndReturn(byte[] argument, Mark argumentGone, Mark resultGone) {
    byte[] result = argument.clone();
    WeakReference<byte[]> first = new WeakReference<>(argument);
    WeakReference<byte[]> second = new WeakReference<>(result);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          awaitCollected(first, "argument");
          argumentGone.set();
          awaitCollected(second, "result");
          resultGone.set();
        });
    return result;
  }

  private static void awaitCollected(WeakReference<byte[]> reference, String what) {
    await()
        .alias(what + " is collected")
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(15))
        .until(() -> {
          System.gc();
          return reference.get() == null;
        });
  }
}
