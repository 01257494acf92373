package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerCrashedException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The traces of a worker that is gone.
///
/// @param pool the name of the pool
/// @param number the number of the worker
/// @param pid its process id
/// @param stage how far it had come
/// @param task the name of the task that it was running, or null
/// @param exitCode as [Process#exitValue()] has it, or [#UNKNOWN]
/// @param orderly whether its status page says that it left through its shutdown hooks
/// @param kill why the pool has killed it, or null if it has not
/// @param maxHeap its maximum heap in bytes, or 0 if only its JVM arguments say it
/// @param owner the user that all of them are run by
/// @param errorFile where its JVM was told to leave the report of a crash
/// @param started when it was started: an older report is not its own
/// @param output the last lines of its standard output
/// @param errors the last lines of its standard error
record WorkerEnd(
    String pool,
    int number,
    long pid,
    Stage stage,
    @Nullable String task,
    int exitCode,
    boolean orderly,
    @Nullable Kill kill,
    long maxHeap,
    UserPrincipal owner,
    Path errorFile,
    Instant started,
    List<String> output,
    List<String> errors) {
  /// The exit code is not known.
  static final int UNKNOWN = -1;

  /// How far a worker had come.
  enum Stage {
    /// It was not ready.
    STARTING,
    /// It was ready, and ran no task.
    IDLE,
    /// It ran a task.
    RUNNING
  }

  /// Why the pool has killed a worker.
  ///
  /// @param kind KILLED, EXITED, UNRESPONSIVE or LOST
  /// @param reason completes "was killed: ", such as `not heard of for 30 s`
  record Kill(WorkerCrashedException.Kind kind, String reason) {}
}
