package dev.tandem.pools;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Opens process pools for a test, closes them after it, and asserts what is true after whatever
/// was done to them: the pool still answers; no future is unresolved; no worker, no thread and no
/// file is left.
final class ProcessPoolProbe implements BeforeEachCallback, AfterEachCallback {
  /// Where pools put sockets and other files of theirs.
  static final String SOCKETS = "tandem.socket.directory";

  /// Where pools put memory that is shared with workers.
  static final String PAGES = "tandem.page.directory";

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Path HERE = Path.of("").toAbsolutePath();

  private final Map<ProcessPool, String> pools = new LinkedHashMap<>();
  private final List<ProcessPool> broken = new ArrayList<>();
  private final List<Future<?>> futures = new ArrayList<>();
  private List<String> childrenBefore = List.of();
  private Path directory = HERE;
  private long errorReports;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    pools.clear();
    broken.clear();
    futures.clear();
    directory = Files.createTempDirectory("tp");
    System.setProperty(SOCKETS, Files.createDirectory(sockets()).toString());
    System.setProperty(PAGES, Files.createDirectory(pages()).toString());
    errorReports = errorReports();
    childrenBefore = Workers.children(); // what an earlier test has left is not this one's failure
  }

  Path sockets() {
    return directory.resolve("s");
  }

  Path pages() {
    return directory.resolve("p");
  }

  ProcessPool open(int workers) {
    return open(workers, identity());
  }

  ProcessPool open(int workers, UnaryOperator<ProcessPool.Config> cf) {
    String name = "probed-" + NAMES.incrementAndGet();
    ProcessPool pool = Tandem.newProcessPool(workers, c -> cf.apply(c.withName(name)));
    synchronized (this) {
      pools.put(pool, name);
    }
    return pool;
  }

  /// Opens a pool whose workers cannot start, so that it will not answer after the test.
  ProcessPool openBroken(int workers, UnaryOperator<ProcessPool.Config> cf) {
    ProcessPool pool = open(workers, cf);
    broken.add(pool);
    return pool;
  }

  /// Asserts, after the test, that the future was resolved.
  <F extends Future<?>> F watch(F future) {
    synchronized (this) {
      futures.add(future);
    }
    return future;
  }

  /// Asserts that the pool runs so many tasks at once, each in a worker of its own.
  void assertCapacity(ProcessPool pool, int workers) throws Exception {
    Path marks = Files.createTempDirectory(directory, "capacity");
    Mark release = Mark.in(marks, "release");
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Mark started = Mark.in(marks, "started-" + i);
      all.add(watch(pool.submit(() -> Work.hold(started, release))));
    }
    for (int i = 0; i < workers; i++) {
      Mark.in(marks, "started-" + i).await();
    }
    release.set();
    Set<Long> pids = new HashSet<>();
    for (Future<Long> each : all) {
      pids.add(each.get(20, TimeUnit.SECONDS));
    }
    assertThat(pids).hasSize(workers);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    boolean failed = context.getExecutionException().isPresent();
    List<Throwable> problems = new ArrayList<>();
    try {
      for (ProcessPool pool : pools.keySet()) {
        if (failed) {
          check(problems, pool::killWorkers); // the rest would only repeat what the test has found
        } else {
          check(problems, () -> assertAnswers(pool));
        }
      }
      // all are closed before anything else is asserted: a pool that stays would fail later tests
      for (ProcessPool pool : pools.keySet()) {
        check(problems, () -> endAsserting(pool));
      }
      check(problems, this::assertNothingLeft);
    } finally {
      System.clearProperty(SOCKETS);
      System.clearProperty(PAGES);
      delete(directory);
    }
    if (!failed && !problems.isEmpty()) {
      AssertionError first =
          new AssertionError("after the test: " + problems.getFirst(), problems.getFirst());
      problems.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  /// By a task with a timeout of its own: that of the pool may be short.
  private void assertAnswers(ProcessPool pool) throws Exception {
    if (!pool.isShutdown() && !broken.contains(pool)) {
      Task<Integer> probe = Task.of("probe", () -> 6 * 7).withTimeout(Duration.ofMinutes(1));
      assertThat(pool.submit(probe).get(30, TimeUnit.SECONDS)).isEqualTo(42);
    }
  }

  private void endAsserting(ProcessPool pool) throws Exception {
    List<TaskInfo> left = pool.close(Duration.ofSeconds(20));
    if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
      pool.killWorkers();
    }
    assertThat(left).as("tasks that did not end").isEmpty();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).as("terminated").isTrue();
    assertThat(pool.workers())
        .as("workers of a closed pool")
        .allMatch(worker -> worker.state() == WorkerInfo.State.EXITED);
    var stats = pool.stats();
    assertThat(stats.completed()).as("outcomes: %s", stats).isEqualTo(stats.submitted());
    assertThat(stats.running() + stats.queued()).as("tasks left: %s", stats).isZero();
  }

  private void assertNothingLeft() {
    assertThat(futures).as("futures").allMatch(Future::isDone);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(Workers.children()).as("processes").isSubsetOf(childrenBefore);
          assertThat(files(sockets())).as("files beside the sockets").isEmpty();
          assertThat(files(pages())).as("files of shared memory").isEmpty();
          assertThat(threads()).as("threads of closed pools").isEmpty();
        });
    assertThat(errorReports()).as("error reports of JVMs in %s", HERE).isEqualTo(errorReports);
  }

  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(thread ->
            pools.values().stream().anyMatch(name -> thread.matches(".*\\b" + name + "\\b.*")))
        .toList();
  }

  /// {@return all files below a directory} Looks again if one is removed while it looks.
  static List<String> files(Path directory) throws IOException {
    while (true) {
      try (Stream<Path> found = Files.walk(directory)) {
        return found.skip(1).map(Path::toString).toList();
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
      }
    }
  }

  private static long errorReports() {
    try (Stream<Path> found = Files.list(HERE)) {
      return found.filter(file -> file.getFileName().toString().startsWith("hs_err")).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private static void check(List<Throwable> problems, Check check) {
    try {
      check.run();
    } catch (Throwable e) {
      problems.add(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(directory)) {
      found = new ArrayList<>(all.toList());
    }
    for (Path file : found.reversed()) {
      Files.deleteIfExists(file);
    }
  }
}
