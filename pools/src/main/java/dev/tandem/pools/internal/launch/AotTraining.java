package dev.tandem.pools.internal.launch;

import dev.tandem.pools.internal.wire.WorkerJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The making of an AOT cache: a worker that records what it loads, and, when the worker has
/// exited, a second JVM that writes the cache from this record.
///
/// The JVM can do both in one step (`-XX:AOTCacheOutput`), but then it passes the arguments to the
/// second JVM in an environment variable and reports that on stderr.
public final class AotTraining implements AutoCloseable {
  private final AotCache cache;
  private final AotLock lock;
  private final Function<List<String>, List<String>> command;
  private final Path notes;
  private final Path log;

  /// The worker. It must exit by itself, in order: not through [Runtime#halt], and not by force.
  /// Its output goes to [#log].
  public final Process process;

  /// @param command makes the command line of a worker from its first JVM arguments
  AotTraining(
      AotCache cache, AotLock lock, Path directory, Function<List<String>, List<String>> command)
      throws IOException {
    this.cache = cache;
    this.lock = lock;
    this.command = command;
    this.notes = directory.resolve("aot.notes");
    this.log = directory.resolve("aot.log");
    this.process =
        start(
            "-XX:AOTMode=record",
            "-XX:AOTConfiguration=" + notes,
            "-D" + WorkerJvm.TRAINING + "=true");
  }

  /// Writes the cache, and moves it into its place in one step. Must be called after the worker has
  /// exited; takes about a second. Workers that are started from then on use the cache.
  ///
  /// @throws IOException if the JVM has written no cache; the message has the JVM's output
  /// @throws InterruptedException if interrupted; the second JVM is killed
  public void finish() throws IOException, InterruptedException {
    int exit = process.waitFor();
    if (exit != 0 || !Files.exists(notes)) {
      throw new IOException("the worker that was to be recorded ended with " + exit + log());
    }
    // Beside the target, so that the move is one step.
    Path fresh = Path.of(cache.file + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Process create =
          start("-XX:AOTMode=create", "-XX:AOTConfiguration=" + notes, "-XX:AOTCache=" + fresh);
      try {
        create.getOutputStream().close();
        exit = create.waitFor();
      } finally {
        kill(create);
      }
      if (exit != 0 || !Files.exists(fresh)) {
        throw new IOException("the JVM that was to write it ended with " + exit + log());
      }
      cache.install(fresh);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Kills the worker if it still runs, and releases the lock on this cache.
  @Override
  public void close() throws IOException {
    kill(process);
    try (lock) {
      Files.deleteIfExists(notes);
      Files.deleteIfExists(log);
    }
  }

  private static void kill(Process p) {
    p.destroyForcibly();
    // it has files open in the directory; also for a thread that is interrupted
    p.onExit().completeOnTimeout(p, 5, TimeUnit.SECONDS).join();
  }

  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.apply(List.of(arguments)));
    WorkerCommand.clean(builder.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return ProcessStart.start(builder);
  }

  private String log() {
    try {
      String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - 2000));
    } catch (IOException _) {
      return "";
    }
  }
}
