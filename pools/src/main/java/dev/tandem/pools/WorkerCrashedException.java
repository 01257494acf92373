package dev.tandem.pools;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/// The worker process that ran the task is gone. Arrives as the cause of an
/// [java.util.concurrent.ExecutionException], or in an
/// [Outcome.Failure][dev.tandem.core.Outcome.Failure]. The message says what is known: the exit
/// code, the signal, an excerpt of the JVM's error report, the last lines that the worker wrote to
/// its standard error.
public final class WorkerCrashedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// How a worker process can end.
  public enum Kind {
    /// By a signal from outside: a `kill`, the kernel's out-of-memory killer.
    KILLED,
    /// By `System.exit` or `Runtime.halt` in a task.
    EXITED,
    /// Its heap, or another limited memory of the JVM, was exhausted.
    OUT_OF_MEMORY,
    /// Native code or the JVM itself crashed.
    NATIVE_CRASH,
    /// It was not heard of any more, and the pool killed it.
    UNRESPONSIVE,
    /// It sent something that is not a message, or ended for a reason that is not known.
    LOST
  }

  /// The process id.
  private final long pid;

  /// How it ended.
  private final Kind kind;

  /// The exit code.
  private final int exitCode;

  /// Creates the exception.
  ///
  /// @param kind how the worker ended
  /// @param pid its process id
  /// @param exitCode its exit code; for a signal, 128 and the signal's number; -1 if it is not
  ///   known
  /// @param message all that is known
  public WorkerCrashedException(Kind kind, long pid, int exitCode, String message) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
    this.pid = pid;
    this.exitCode = exitCode;
  }

  /// {@return how the worker ended}
  public Kind kind() {
    return kind;
  }

  /// {@return the process id of the worker}
  public long pid() {
    return pid;
  }

  /// {@return the exit code; for a signal, 128 and the signal's number; -1 if it is not known}
  public int exitCode() {
    return exitCode;
  }
}
