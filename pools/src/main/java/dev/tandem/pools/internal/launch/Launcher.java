package dev.tandem.pools.internal.launch;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.internal.wire.Fingerprint;
import dev.tandem.pools.internal.wire.WorkerJvm;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The launcher of the worker JVMs of one pool.
///
/// The arguments that all workers share are in an argument file, which is written again if a
/// cleaner has removed it; the command line has the number of the worker and the arguments of its
/// main class. Where the operating system can list open files, a worker inherits none but its
/// standard streams: the JDK's helper process closes the others.
///
/// Thread-safe, but [#start] must be called from one long-lived thread: on Linux the death signal
/// of a worker is bound to the thread that started it.
public final class Launcher {
  private static final String MAIN_CLASS = "dev.tandem.pools.internal.worker.WorkerMain";
  private static final String ARGUMENTS = "worker.args";
  private static final String ERROR_FILE = "-XX:ErrorFile=";

  private final ParentJvm jvm;
  private final Path directory;
  private final List<String> prefix;
  private final String java;
  private final List<String> shared;
  private final List<String> options;

  /// The largest heap of a worker in bytes, or 0 if the JVM arguments set it.
  public final long maxHeap;

  private final List<String> main;
  private final String errorFile;

  /// The fingerprint that a worker must have. Taken when this launcher was created.
  public final String fingerprint;

  private final @Nullable AotCache cache;
  private long argumentsLength;

  private Launcher(
      LaunchOptions settings,
      Path directory,
      ParentJvm jvm,
      String mainClass,
      List<String> prefix) {
    this.jvm = jvm;
    this.directory = directory;
    this.prefix = prefix;
    StartMode mode = StartMode.of(jvm);
    java = JavaExecutable.find(jvm).toString();
    shared = WorkerCommand.options(jvm, mode, settings, directory, mainClass, !prefix.isEmpty());
    options = List.of("@" + directory.resolve(ARGUMENTS));
    try {
      writeArguments();
    } catch (IOException e) {
      throw new PoolStartException(
          "Cannot write the arguments of workers to " + directory.resolve(ARGUMENTS), e);
    }
    maxHeap = WorkerCommand.maxHeap(jvm, settings);
    main = WorkerCommand.main(jvm, mode, mainClass);
    String last = JvmArguments.last(shared, ERROR_FILE);
    errorFile = last == null ? "" : last.substring(ERROR_FILE.length());
    fingerprint =
        Fingerprint.of(
            jvm.text("java.runtime.version"), jvm.absoluteModulePath(), jvm.absoluteClassPath());
    cache =
        settings.aotCache() == null
            ? null
            : AotCache.of(settings.aotCache(), fingerprint, shared, jvm, settings.jvmArguments());
  }

  /// {@return a launcher of workers for this JVM}
  ///
  /// @param directory an existing directory, private to this user and this pool, for the argument
  ///   file and the JVM's error reports
  /// @throws PoolStartException if workers cannot be started the way this JVM was: says what to do
  public static Launcher of(LaunchOptions settings, Path directory) {
    return of(settings, directory, ParentJvm.current(), MAIN_CLASS);
  }

  static Launcher of(LaunchOptions settings, Path directory, ParentJvm jvm, String mainClass) {
    return new Launcher(settings, directory, jvm, mainClass, Detachment.prefix());
  }

  private void writeArguments() throws IOException {
    Path file = directory.resolve(ARGUMENTS);
    ArgumentFile.write(file, shared, platformCharset(jvm));
    argumentsLength = Files.size(file);
  }

  /// Writes the argument file again if a cleaner of temporary directories has removed it.
  private void ensureArguments() throws IOException {
    if (directory.resolve(ARGUMENTS).toFile().length() != argumentsLength) {
      writeArguments();
    }
  }

  /// {@return a new worker process, its three streams piped}
  ///
  /// @param number the worker's number, its system property `tandem.worker`
  /// @param workerArguments the arguments of its main class; every user of the machine can read
  ///   them
  /// @throws IOException if the operating system does not start it
  public Process start(int number, String... workerArguments) throws IOException {
    ensureArguments();
    List<String> cached = cache == null ? List.of() : cache.use();
    ProcessBuilder builder = new ProcessBuilder(command(cached, number, workerArguments));
    WorkerCommand.clean(builder.environment());
    return ProcessStart.start(builder);
  }

  private List<String> command(List<String> first, int number, String... workerArguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(java);
    // Before the file, so that the user's arguments win.
    command.addAll(first);
    command.addAll(options);
    command.add("-D" + WorkerJvm.NUMBER + "=" + number);
    command.addAll(main);
    command.addAll(List.of(workerArguments));
    return command;
  }

  /// {@return the reason why no AOT cache can be made although one was asked for; or null}
  public @Nullable String aotObstacle() {
    return cache == null ? null : cache.obstacle;
  }

  /// {@return whether an AOT cache was asked for, can be made, and is missing or out of date}
  public boolean needsTraining() {
    return cache != null && cache.obstacle == null && !cache.isReady();
  }

  /// Starts a worker that is recorded for the AOT cache, with the system property
  /// `tandem.worker.training`. Like [#start], must be called from a long-lived thread.
  ///
  /// @return null if another pool or process is making the same cache
  /// @throws IOException if the operating system does not start it, or the cache's directory cannot
  ///   be written to
  public @Nullable AotTraining train(int number, String... workerArguments) throws IOException {
    AotLock lock = cache == null ? null : cache.tryLock();
    if (cache == null || lock == null) {
      return null;
    }
    try {
      ensureArguments();
      return new AotTraining(
          cache, lock, directory, mode -> command(mode, number, workerArguments));
    } catch (Throwable e) {
      lock.close();
      throw e;
    }
  }

  /// {@return the file in which the JVM of the worker with this process id reports a crash}
  public Path errorFile(long pid) {
    StringBuilder out = new StringBuilder(errorFile.length() + 8);
    for (int i = 0; i < errorFile.length(); i++) {
      char c = errorFile.charAt(i);
      char next = i + 1 < errorFile.length() ? errorFile.charAt(i + 1) : ' ';
      if (c == '%' && next == 'p') {
        out.append(pid);
        i++;
      } else if (c == '%' && next == '%') {
        out.append('%');
        i++;
      } else {
        out.append(c);
      }
    }
    return Path.of(out.toString());
  }

  /// {@return the differences of a worker's fingerprint in words, for an error message}
  ///
  /// @param theirs the worker's fingerprint
  public @Nullable String difference(String theirs) {
    return theirs.equals(fingerprint)
        ? null
        : Fingerprint.difference(
            fingerprint, theirs, jvm.absoluteModulePath(), jvm.absoluteClassPath());
  }

  /// {@return the charset in which the `java` command reads an argument file}
  private static Charset platformCharset(ParentJvm jvm) {
    String name = jvm.text("sun.jnu.encoding");
    return Charset.isSupported(name.isEmpty() ? "UTF-8" : name)
        ? Charset.forName(name.isEmpty() ? "UTF-8" : name)
        : Charset.defaultCharset();
  }
}
