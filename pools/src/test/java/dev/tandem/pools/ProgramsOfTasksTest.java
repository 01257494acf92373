package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tasks run programs of the operating system: those end with their worker, however that ends.
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProgramsOfTasksTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  /// How a worker ends.
  enum End {
    TIMEOUT,
    CANCEL,
    KILL,
    EXIT,
    HALT,
    KILL_WORKERS,
    TERMINATE_WORKERS
  }

  @ParameterizedTest
  @EnumSource
  void programsEndWithTheWorker(End end) throws Exception {
    ProcessPool pool =
        end == End.TIMEOUT
            ? probe.open(1, cf -> cf.withTimeout(Duration.ofSeconds(5)))
            : probe.open(1);
    Mark program = Mark.in(directory, "program");
    Future<Integer> future = probe.watch(pool.submit(() -> start(program, end)));
    long pid = program.awaitPid();
    try {
      switch (end) {
        case TIMEOUT, EXIT, HALT -> {}
        case CANCEL -> future.cancel(true);
        case KILL -> Workers.kill(Workers.pids(pool).getFirst());
        case KILL_WORKERS -> pool.killWorkers();
        case TERMINATE_WORKERS -> pool.terminateWorkers();
      }
      try {
        future.get(40, TimeUnit.SECONDS);
      } catch (ExecutionException | CancellationException _) {
        // it ends, that is all
      }
      Workers.awaitGone(pid);
    } finally {
      Workers.kill(pid);
    }
  }

  @Test
  void whatATaskHasLeftBehindEndsWithItsPool() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark program = Mark.in(directory, "program");
    assertThat(pool.submit(() -> leave(program)).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    long pid = program.awaitPid();
    try {
      assertThat(Workers.isAlive(pid)).isTrue();

      pool.close();

      Workers.awaitGone(pid);
    } finally {
      Workers.kill(pid);
    }
  }

  /// Otherwise `Process.destroy` in a task would do nothing.
  @Test
  void programsHearTheSignalsThatTheirWorkerIsDeafTo() throws Exception {
    ProcessPool pool = probe.open(1);

    assertThat(pool.submit(ProgramsOfTasksTest::destroyed).get(20, TimeUnit.SECONDS))
        .isEqualTo(143);
  }

  private static int destroyed() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "1000").start();
    sleeper.destroy();
    return sleeper.waitFor();
  }

  private static int leave(Mark mark) throws Exception {
    Process program = new ProcessBuilder("sleep", "1000").inheritIO().start();
    mark.set(Long.toString(program.pid()));
    return 1;
  }

  private static int start(Mark mark, End end) throws Exception {
    // a shell between, as scripts have it
    Process program =
        new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    mark.set(program.inputReader().readLine());
    switch (end) {
      case EXIT -> System.exit(3);
      case HALT -> Runtime.getRuntime().halt(4);
      default -> {}
    }
    return program.waitFor();
  }
}
