package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 5: a worker is killed while its result is on the way.
class LargeResultTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 64 << 20})
  void resultIsWholeOrTheWorkerHasCrashed(int size) throws Exception {
    byte[] expected = pattern(size);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ProcessPool pool = probe.open(1, cf -> cf.withMaxHeap(256L << 20));
    int whole = 0;
    int rounds = 8;
    for (int round = 0; round < rounds; round++) {
      Mark done = Mark.in(directory, "done-" + round);
      Future<byte[]> future = probe.watch(pool.submit(() -> marked(done, size)));
      long pid = done.awaitPid();
      int most = (round % 2 == 0 ? 1 : 4) * (5_000_000 + size);
      TimeUnit.NANOSECONDS.sleep(random.nextInt(1, most)); // or about what it takes
      Workers.kill(pid);
      try {
        assertThat(Arrays.equals(future.get(30, TimeUnit.SECONDS), expected)).isTrue();
        whole++;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof WorkerCrashedException crash) || crash.pid() != pid) {
          fail("round %d, seed %d".formatted(round, seed), e);
        }
      }
    }
    System.out.println(
        "row 5: %d of %d results of %d bytes arrived".formatted(whole, rounds, size));
  }

  private static byte[] marked(Mark done, int size) {
    byte[] result = pattern(size);
    done.set();
    return result;
  }

  private static byte[] pattern(int size) {
    byte[] result = new byte[size];
    for (int i = 0; i < size; i++) {
      result[i] = (byte) (i * 31 + (i >> 8));
    }
    return result;
  }
}
