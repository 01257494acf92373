package dev.tandem.pools.internal.launch;

import dev.tandem.pools.PoolStartException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts the worker JVMs of one pool.
///
/// The arguments that all workers share are written once to an argument file; the command line has
/// the number of the worker and the arguments of its main class. Where the operating system can
/// tell, a worker has no open files but its standard streams: the JDK's helper closes them.
///
/// Thread-safe, but [#start] is to be called from one long-lived thread: on Linux the signal that
/// ends a worker with its parent follows the thread that started it.
public final class Launcher {
  /// The system property that is the number of the worker, in a worker.
  public static final String WORKER_PROPERTY = "tandem.worker";

  private static final String MAIN_CLASS = "dev.tandem.pools.internal.worker.WorkerMain";
  private static final String ERROR_FILE = "-XX:ErrorFile=";

  private final ParentJvm jvm;
  private final List<String> beforeNumber;
  private final List<String> afterNumber;
  private final String errorFile;
  private final String fingerprint;

  private Launcher(
      ParentJvm jvm,
      List<String> beforeNumber,
      List<String> afterNumber,
      String errorFile,
      String fingerprint) {
    this.jvm = jvm;
    this.beforeNumber = beforeNumber;
    this.afterNumber = afterNumber;
    this.errorFile = errorFile;
    this.fingerprint = fingerprint;
  }

  /// {@return what starts workers for this JVM}
  ///
  /// @param directory exists, private to this user and this pool; the argument file and the JVM's
  ///   error reports go there
  /// @throws PoolStartException if workers cannot be started the way this JVM was: says what to do
  public static Launcher of(LaunchSettings settings, Path directory) {
    return of(settings, directory, ParentJvm.current(), MAIN_CLASS);
  }

  static Launcher of(LaunchSettings settings, Path directory, ParentJvm jvm, String mainClass) {
    StartMode mode = StartMode.of(jvm);
    Path java = JavaExecutable.find(jvm);
    List<String> options = WorkerCommand.options(jvm, mode, settings, directory);
    Path file = directory.resolve("worker.args");
    try {
      ArgumentFile.write(file, options, platformCharset(jvm));
    } catch (IOException e) {
      throw new PoolStartException("Cannot write the arguments of workers to " + file, e);
    }
    List<String> before = new ArrayList<>();
    before.add(java.toString());
    before.add("@" + file);
    before.addAll(WorkerCommand.mainProperty(mode, mainClass));
    String errorFile = JvmArguments.last(options, ERROR_FILE);
    return new Launcher(
        jvm,
        List.copyOf(before),
        WorkerCommand.main(jvm, mode, mainClass),
        errorFile == null ? "" : errorFile.substring(ERROR_FILE.length()),
        Fingerprint.of(
            jvm.text("java.runtime.version"), jvm.absoluteModulePath(), jvm.absoluteClassPath()));
  }

  /// {@return a new worker process, its three streams piped}
  ///
  /// @param number is the property `tandem.worker` there
  /// @param workerArguments of its main class; anyone on this machine can read them
  /// @throws IOException if the operating system does not start it
  public Process start(int number, String... workerArguments) throws IOException {
    List<String> command = new ArrayList<>(beforeNumber);
    command.add("-D" + WORKER_PROPERTY + "=" + number);
    command.addAll(afterNumber);
    command.addAll(List.of(workerArguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    WorkerEnvironment.clean(builder.environment());
    return builder.start();
  }

  /// {@return where the JVM of the worker with this process id reports a crash}
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

  /// {@return what a worker's [Fingerprint#ofThisJvm] must be} Taken when this was created.
  public String fingerprint() {
    return fingerprint;
  }

  /// {@return in words what a worker with another fingerprint has otherwise, for an error message}
  ///
  /// @param theirs the worker's fingerprint
  public @Nullable String difference(String theirs) {
    return theirs.equals(fingerprint)
        ? null
        : Fingerprint.difference(
            fingerprint, theirs, jvm.absoluteModulePath(), jvm.absoluteClassPath());
  }

  /// {@return the charset of the bytes that the `java` command takes from a file}
  private static Charset platformCharset(ParentJvm jvm) {
    String name = jvm.text("sun.jnu.encoding");
    return Charset.isSupported(name.isEmpty() ? "UTF-8" : name)
        ? Charset.forName(name.isEmpty() ? "UTF-8" : name)
        : Charset.defaultCharset();
  }
}
