package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.internal.wire.WorkerJvm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inquiry into why a worker is gone.
final class PostMortem {
  /*
   * An exit code alone says little. A JVM that crashes exits with 1, or is ended by a signal; one
   * whose memory is exhausted exits with 3; a task may exit with any code, also with those. In the
   * order of what can be trusted: the JVM's report of a crash; the line that it prints when its
   * memory is exhausted, unless it left in good order, since a task can print that, too; that the
   * pool itself has killed it; the mark that only shutdown hooks leave, which tells System.exit(137)
   * from SIGKILL; then the exit code. Runtime.halt leaves no trace: for halt(137) this is wrong.
   */

  /// What `-XX:+ExitOnOutOfMemoryError` leaves: an exit code that anything may use, and a line on
  /// the standard output.
  private static final int OUT_OF_MEMORY = 3;

  private static final String MARKER = "Terminating due to ";
  private static final String ERROR = "java.lang.OutOfMemoryError";

  private final WorkerEnd end;

  private PostMortem(WorkerEnd end) {
    this.end = end;
  }

  /// {@return whether the last lines of its output decide what happened} Only then they are worth
  /// more than a moment's wait.
  static boolean needsOutput(int exitCode, boolean orderly) {
    return exitCode == OUT_OF_MEMORY && !orderly;
  }

  /// Reads the JVM's error report, if there is one, and deletes it.
  ///
  /// @return what happened, in words that a person can act on
  static WorkerCrashedException examine(WorkerEnd end) {
    return new PostMortem(end).examine();
  }

  private WorkerCrashedException examine() {
    ErrorReport report = ErrorReport.take(end);
    String error = outOfMemoryError();
    if (report != null) {
      return crashed(report);
    }
    if (error != null) {
      String advice = advice(error, end.maxHeap());
      return because(Kind.OUT_OF_MEMORY, "ran out of memory", ": " + error + "; " + advice);
    }
    WorkerEnd.Kill kill = end.kill();
    if (kill != null && kill.kind() == Kind.EXITED) {
      return endless();
    }
    if (kill != null) {
      return because(kill.kind(), "was killed by the pool", ": " + kill.reason());
    }
    return byExitCode();
  }

  private WorkerCrashedException crashed(ErrorReport report) {
    StringBuilder excerpt = new StringBuilder();
    String memory = report.memory();
    if (memory != null) {
      excerpt.append(": ").append(memory);
      append(excerpt, "from the JVM's error report:", report.excerpt());
      return because(
          Kind.OUT_OF_MEMORY,
          "ran out of memory, of its own or of the machine's",
          excerpt.toString());
    }
    excerpt.append(": ").append(report.headline());
    append(excerpt, "from the JVM's error report:", report.excerpt());
    return because(Kind.NATIVE_CRASH, "crashed in native code", excerpt.toString());
  }

  /// {@return the error in the worker's own words, or null if it did not end that way}
  private @Nullable String outOfMemoryError() {
    if (!needsOutput(end.exitCode(), end.orderly())) {
      return null;
    }
    for (String line : end.output().reversed()) {
      // not at the start: a print without a line's end may precede it
      int at = line.lastIndexOf(MARKER + ERROR);
      if (at >= 0) {
        return line.substring(at + MARKER.length()).strip();
      }
    }
    return null;
  }

  /// {@return what can be done about it}
  ///
  /// @param maxHeap in bytes, or 0 if only the arguments of its JVM say it
  private static String advice(String error, long maxHeap) {
    if (error.contains("Metaspace") || error.contains("class space")) {
      return "it loads too many classes for -XX:MaxMetaspaceSize (withJvmArguments)";
    }
    if (error.contains("array size")) {
      return "no array can be that long, whatever the heap";
    }
    return maxHeap > 0
        ? "its heap is limited to " + mebibytes(maxHeap) + " (withMaxHeap)"
        : "its heap is limited by its JVM arguments (withJvmArguments)";
  }

  private static String mebibytes(long bytes) {
    return bytes >> 20 > 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  private WorkerCrashedException byExitCode() {
    int code = end.exitCode();
    if (code == WorkerEnd.UNKNOWN) {
      return because(Kind.LOST, "is gone", "; its exit code is not known");
    }
    if (end.orderly() && code == WorkerJvm.ENDLESS) {
      return endless();
    }
    String signal = Signals.of(code);
    if (signal != null && (!end.orderly() || signal.equals("SIGTERM"))) {
      return bySignal(signal, code);
    }
    if (end.orderly()) {
      return because(Kind.EXITED, "called System.exit(" + code + ")", when());
    }
    if (code < 0) {
      // an NTSTATUS: access violation, stack overflow
      String status = "0x" + Integer.toHexString(code);
      return because(Kind.NATIVE_CRASH, "crashed in native code", " (exit code " + status + ")");
    }
    return halted(code);
  }

  private WorkerCrashedException bySignal(String signal, int code) {
    String how = signal + " (exit code " + code + ")";
    if (Signals.isOfCrash(signal)) {
      return because(Kind.NATIVE_CRASH, "crashed in native code: " + how, "");
    }
    String hint =
        signal.equals("SIGKILL")
            ? "; if nobody sent it, the system has: it does so when memory runs out"
            : "";
    return because(Kind.KILLED, "was killed by " + how, hint);
  }

  private WorkerCrashedException halted(int code) {
    return switch (code) {
      case WorkerJvm.PROTOCOL ->
          because(Kind.LOST, "ended itself", ": what it received was not what a pool sends");
      case WorkerJvm.NO_POOL -> because(Kind.LOST, "ended itself", ": it could not reach the pool");
      case WorkerJvm.NOT_READY -> because(Kind.LOST, "ended itself", ": its initializer failed");
      case WorkerJvm.FAILED ->
          because(Kind.LOST, "ended itself", ": something went wrong outside of any task");
      default -> because(Kind.EXITED, "exited with code " + code, when() + halt());
    };
  }

  /// The code that was given to `System.exit` is only in the JVM that was ended.
  private WorkerCrashedException endless() {
    return because(
        Kind.EXITED,
        WorkerEnd.UNKNOWN,
        "called System.exit",
        when() + "; its shutdown hooks did not end, so its exit code is not known");
  }

  private String when() {
    return switch (end.stage()) {
      case STARTING -> " before it was ready";
      case IDLE -> " while it ran no task";
      case RUNNING -> "";
    };
  }

  private String halt() {
    return switch (end.stage()) {
      case STARTING -> "";
      case IDLE -> "; something that a task has left there has called Runtime.halt";
      case RUNNING -> "; the task, or a thread that one has left, has called Runtime.halt";
    };
  }

  private WorkerCrashedException because(Kind kind, String what, String details) {
    return because(kind, end.exitCode(), what, details);
  }

  private WorkerCrashedException because(Kind kind, int code, String what, String details) {
    StringBuilder message = new StringBuilder();
    message.append("worker ").append(end.number()).append(" (pid ").append(end.pid());
    message.append(") of ").append(end.pool()).append(' ').append(what);
    String task = end.task();
    if (task != null) {
      message.append(" while it ran task ").append(task);
    }
    message.append(details);
    append(message, "last lines of its standard error:", end.errors());
    return new WorkerCrashedException(kind, end.pid(), code, message.toString());
  }

  private static void append(StringBuilder message, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      message.append(System.lineSeparator()).append(title);
      for (String line : lines) {
        message.append(System.lineSeparator()).append("  ").append(line);
      }
    }
  }
}
