package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.pools.WorkerInfo.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Worker processes: what the operating system knows of them, and what anybody can do to them.
public final class Workers {
  private static final Set<State> READY = EnumSet.of(State.IDLE, State.BUSY);

  private Workers() {}

  /// {@return the workers that take tasks now}
  static List<WorkerInfo> ready(ProcessPool pool) {
    return pool.workers().stream().filter(w -> READY.contains(w.state())).toList();
  }

  /// {@return the ids of the workers that take tasks now}
  static List<Long> pids(ProcessPool pool) {
    return ready(pool).stream().map(WorkerInfo::pid).toList();
  }

  /// Waits until so many workers take tasks.
  ///
  /// @return their ids
  static List<Long> awaitReady(ProcessPool pool, int count) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ready(pool)).hasSizeGreaterThanOrEqualTo(count));
    return pids(pool);
  }

  /// {@return whether the process runs; one that has ended and waits for its parent to notice does
  /// not}
  public static boolean isAlive(long pid) {
    return switch (status(pid)) {
      case 'Z', 'X', '-' -> false;
      default -> true;
    };
  }

  /// {@return whether the process was stopped by a signal}
  static boolean isStopped(long pid) {
    return status(pid) == 'T';
  }

  /// {@return the letter that the operating system has for what the process does, or '-' if there
  /// is none}
  private static char status(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2); // the name may hold anything
    } catch (IOException _) {
      boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
      return alive && !Files.exists(Path.of("/proc/self/stat")) ? 'R' : '-';
    }
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /// Sends a signal, such as "STOP".
  ///
  /// @param pid the process, or the negative id of a process group
  static void signal(String name, long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-s", name, "--", Long.toString(pid)).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -s %s %s", name, pid).isZero();
  }

  /// Waits until the process is gone.
  static void awaitGone(long pid) {
    await()
        .alias("process " + pid + " is gone")
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !isAlive(pid));
  }

  /// {@return the processes that this JVM has started and that run}
  static List<String> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> isAlive(child.pid()))
        .map(child -> child.pid() + " " + child.info().commandLine().orElse("?"))
        .toList();
  }
}
