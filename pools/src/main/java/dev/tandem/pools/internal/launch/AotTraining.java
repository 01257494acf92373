package dev.tandem.pools.internal.launch;

import dev.tandem.pools.internal.wire.WorkerProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The making of an AOT cache: a worker that notes what it loads, and, when it has exited, a second
/// JVM that writes the cache from these notes.
///
/// The JVM can do both in one step (`-XX:AOTCacheOutput`), but then it passes the arguments to the
/// second JVM in an environment variable and writes to stderr that it did.
public final class AotTraining implements AutoCloseable {
  private final AotCache cache;
  private final AotLock lock;
  private final Function<List<String>, List<String>> command;
  private final Path notes;
  private final Path log;
  private final Process process;

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
            "-D" + WorkerProperties.TRAINING + "=true");
  }

  /// {@return the worker} It must exit by itself, in order: not through [Runtime#halt], and not by
  /// force. What it prints goes to [#log].
  public Process process() {
    return process;
  }

  /// Writes the cache, and puts it in its place in one step. To be called once the worker has
  /// exited; takes about a second. Workers that are started from then on use it.
  ///
  /// @throws IOException if there is no cache: says what the JVM wrote
  /// @throws InterruptedException if interrupted; the second JVM is killed
  public void finish() throws IOException, InterruptedException {
    int exit = process.waitFor();
    if (exit != 0 || !Files.exists(notes)) {
      throw new IOException("the worker that was to be recorded ended with " + exit + log());
    }
    // Beside the target, so that one step moves it there.
    Path fresh = Path.of(cache.file() + "." + ProcessHandle.current().pid() + ".tmp");
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

  /// Ends the worker if it still runs, and lets others write this cache.
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
    WorkerEnvironment.clean(builder.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
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
