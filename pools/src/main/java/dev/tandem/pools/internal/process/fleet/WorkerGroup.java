package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.launch.ProcessStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The programs that the tasks of a worker have started, and that end when the worker is gone.
///
/// A worker leads a process group, and where `setsid` has started it a session; both have its
/// process id for a name. What its tasks start is in them, unless it leaves by `setsid` of its own,
/// which is how a program says that it must outlive the process that started it.
final class WorkerGroup {
  /*
   * On Linux the members are read from /proc, after the worker's death: its children have another
   * parent by then, but the same group and session. The kernel gives the id of a group to no other
   * process as long as a member lives; when none does, it would have to go through all process ids
   * within these milliseconds to give it to a process that then makes a session of it. Members that
   * fork meanwhile are found in the next round.
   *
   * Elsewhere the `kill` program does it. Windows has no groups: there the descendants are taken
   * while the worker still lives, if the pool kills it.
   */
  private static final Logger log = LoggerFactory.getLogger(WorkerGroup.class);
  private static final Path PROC = Path.of("/proc");
  private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
  private static final int ROUNDS = 10;
  private static final int GROUP = 2; // behind the name: state, parent, group, session
  private static final int SESSION = 3;
  private static final long KILL_SECONDS = 5;

  private WorkerGroup() {}

  /// Kills a worker, and what it has started where that can only be found now.
  static void kill(ProcessHandle worker) {
    List<ProcessHandle> descendants = WINDOWS ? worker.descendants().toList() : List.of();
    worker.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /// Kills what a worker that is gone has left. Never throws.
  static void killRest(long worker) {
    if (worker <= 0 || WINDOWS) {
      return;
    }
    try {
      if (HAS_PROC) {
        killMembers(worker);
      } else {
        killGroup(worker);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      log.debug("What the tasks of the process {} have started may live on", worker, e);
    }
  }

  private static void killMembers(long worker) throws IOException {
    String id = Long.toString(worker);
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> members = new ArrayList<>();
      try (DirectoryStream<Path> processes =
          Files.newDirectoryStream(PROC, WorkerGroup::isProcess)) {
        for (Path process : processes) {
          if (isMember(process, id)) {
            ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                .ifPresent(members::add);
          }
        }
      }
      if (members.isEmpty()) {
        return;
      }
      members.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isProcess(Path file) {
    char first = file.getFileName().toString().charAt(0);
    return first >= '1' && first <= '9';
  }

  private static boolean isMember(Path process, String id) {
    try {
      String stat =
          new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
      // the name stands in parentheses, and may have some itself
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION + 2);
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return !dead && (fields[GROUP].equals(id) || fields[SESSION].equals(id));
    } catch (IOException | RuntimeException _) {
      return false; // gone
    }
  }

  private static void killGroup(long worker) throws IOException, InterruptedException {
    Process kill =
        ProcessStart.start(
            new ProcessBuilder("kill", "-KILL", "--", "-" + worker)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    if (!kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
      kill.destroyForcibly();
    }
  }
}
