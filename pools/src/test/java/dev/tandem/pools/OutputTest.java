package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Task;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/// Rows 20 and 21: what workers do with their standard streams.
class OutputTest {
  private static final int MANY = 100 << 20;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;
  private WorkerLog log;

  @BeforeEach
  void open() {
    log = new WorkerLog();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void linesAreLoggedWithWorkerAndTask() throws Exception {
    ProcessPool pool = probe.open(1);

    pool.submit(Task.of("greeting", () -> print("hello", "world"))).get(20, TimeUnit.SECONDS);

    await().untilAsserted(() -> assertThat(log.lines()).contains("hello", "world"));
    assertThat(log.records())
        .filteredOn(r -> r.message().equals("hello"))
        .singleElement()
        .satisfies(r -> {
          assertThat(r.context().get("worker")).contains("1");
          assertThat(r.context()).containsEntry("task", "greeting");
        });
  }

  private static int print(String out, String err) {
    System.out.println(out);
    System.err.println(err);
    return 1;
  }

  @Test
  void everyLineHasItsOwnTask() throws Exception {
    ProcessPool pool = probe.open(1);
    int tasks = 1000;
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      String name = "task-" + i;
      all.add(pool.submit(Task.of(name, () -> print(name, name))));
      all.add(pool.submit(() -> print("nobody", "nobody")));
    }
    for (Future<Integer> future : all) {
      future.get(60, TimeUnit.SECONDS);
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(log.lines()).hasSize(4 * tasks));
    assertThat(log.records())
        .allSatisfy(r -> {
          String said = r.message();
          String task = r.context().get("task");
          assertThat(task).isEqualTo(said.equals("nobody") ? null : said);
        });
  }

  @Test
  void lineHasTheContextThatCameWithItsTask() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withContext(ContextPropagator.mdc()));
    List<Integer> inputs = List.of(1, 2, 3);
    try {
      MDC.put("request", "r-1");
      pool.submit(() -> print("one", "one")).get(20, TimeUnit.SECONDS);
      MDC.put("request", "r-2");
      pool.submit(Task.of("second", () -> print("two", "two"))).get(20, TimeUnit.SECONDS);
      pool.forEach(inputs, i -> print("three", "three"));
      MDC.clear();
      pool.submit(() -> print("four", "four")).get(20, TimeUnit.SECONDS);
    } finally {
      MDC.clear();
    }

    await().untilAsserted(() -> assertThat(log.lines()).hasSize(12));
    assertThat(log.records())
        .allSatisfy(r -> {
          Map<String, String> context = r.context();
          String said = r.message();
          assertThat(context.get("request"))
              .isEqualTo(said.equals("one") ? "r-1" : said.equals("four") ? null : "r-2");
          assertThat(context.get("task")).isEqualTo(said.equals("two") ? "second" : null);
          assertThat(context.get("worker")).contains("1");
        });
  }

  @Test
  void singleBytesAreThereWhenTheirTaskIsOver() throws Exception {
    ProcessPool pool = probe.open(1);

    pool.submit(() -> writeBytes("half a line")).get(20, TimeUnit.SECONDS);
    pool.submit(Task.of("second", () -> writeBytes(", another"))).get(20, TimeUnit.SECONDS);

    await()
        .untilAsserted(() -> assertThat(log.lines()).containsExactly("half a line", ", another"));
    assertThat(log.records().getLast().context()).containsEntry("task", "second");
  }

  private static int writeBytes(String text) {
    for (char c : text.toCharArray()) {
      System.out.write(c);
    }
    return 1;
  }

  @Test
  void aThreadThatATaskHasLeftPrintsForNobody() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark go = Mark.in(directory, "go");
    Mark gone = Mark.in(directory, "gone");
    pool.submit(Task.of("first", () -> leaveThread(go, gone))).get(20, TimeUnit.SECONDS);

    pool.submit(
            Task.of(
                "second",
                () -> {
                  System.out.println("second");
                  go.set("1");
                  gone.await();
                  System.out.println("second");
                }))
        .get(20, TimeUnit.SECONDS);

    await().untilAsserted(() -> assertThat(log.lines()).hasSize(4));
    assertThat(log.records())
        .extracting(r -> r.message() + " " + r.context().get("task"))
        .containsExactly("helper first", "second second", "left null", "second second");
  }

  private static int leaveThread(Mark go, Mark gone) throws InterruptedException {
    Thread helper = new Thread(() -> System.out.println("helper"));
    helper.start();
    helper.join();
    Thread.ofPlatform().daemon().start(() -> printWhenTold(go, gone));
    return 1;
  }

  private static void printWhenTold(Mark go, Mark gone) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e); // nobody does
    }
    System.out.println("left");
    gone.set("1");
  }

  @Test
  void hundredMegabytesOfLinesDoNotBlockTheTask() throws Exception {
    ProcessPool pool = probe.open(1);
    long start = System.nanoTime();

    Future<Integer> future = probe.watch(pool.submit(() -> printMany(true)));

    assertThat(future.get(40, TimeUnit.SECONDS)).isEqualTo(MANY);
    figure("row 20: 100 MB of lines", start);
    await().atMost(Duration.ofSeconds(30)).until(() -> log.characters() > MANY * 0.9);
  }

  @Test
  void lineWithoutEndIsCutAndTakesBoundedMemory() throws Exception {
    // all of it would not fit into this JVM
    try (ChildJvm parent =
        ChildJvm.Start.with("-Xmx48m", "-XX:+ExitOnOutOfMemoryError").in(probe).run(Parent.class)) {
      assertThat(parent.told("printed")).isEqualTo(Integer.toString(MANY));
      assertThat(Long.parseLong(parent.told("longest"))).isBetween(1L, 1L << 20);
      assertThat(Long.parseLong(parent.told("characters"))).isGreaterThan((long) (MANY * 0.9));
      assertThat(parent.exitCode()).isZero();
    }
  }

  /// Has little memory, and a worker that prints a lot.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      try (WorkerLog log = new WorkerLog(0)) {
        try (ProcessPool pool = Tandem.newProcessPool(1, cf -> cf.withMaxHeap(64L << 20))) {
          System.out.println("printed " + pool.submit(() -> printMany(false)).get());
        }
        System.out.println("longest " + log.longest());
        System.out.println("characters " + log.characters());
      }
    }
  }

  private static int printMany(boolean lines) throws IOException {
    byte[] piece = new byte[1 << 16];
    Arrays.fill(piece, (byte) 'x');
    if (lines) {
      for (int i = 79; i < piece.length; i += 80) {
        piece[i] = '\n';
      }
    }
    for (int i = 0; i < MANY / piece.length; i++) {
      System.out.write(piece);
    }
    System.out.flush();
    return MANY;
  }

  @Test
  void closedStandardStreamsHarmNothing() throws Exception {
    ProcessPool pool = probe.open(1);

    long pid = pool.submit(() -> closeStreams()).get(20, TimeUnit.SECONDS);

    assertThat(pool.submit(() -> closeStreams()).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
    Mark started = Mark.in(directory, "started");
    Future<Long> future = probe.watch(pool.submit(() -> Work.spin(started)));
    Workers.kill(started.awaitPid());
    assertThat(crash(future).exitCode()).isEqualTo(137);
  }

  private static long closeStreams() throws IOException {
    System.out.close();
    System.err.close();
    for (FileDescriptor each : new FileDescriptor[] {FileDescriptor.out, FileDescriptor.err}) {
      try (OutputStream stream = new FileOutputStream(each)) {
        stream.flush();
      }
    }
    System.out.println("nobody hears this");
    return Work.pid();
  }

  @Test
  void deathIsReportedWhileAGrandchildKeepsTheStreamsOpen() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark grandchild = Mark.in(directory, "grandchild");
    Mark started = Mark.in(directory, "started");
    Future<Long> future = probe.watch(pool.submit(() -> leaveGrandchild(grandchild, started)));
    long pid = started.awaitPid();
    long sleeper = Long.parseLong(grandchild.await());
    try {
      long start = System.nanoTime();
      Workers.kill(pid);
      WorkerCrashedException crash = crash(future);
      figure("row 21: SIGKILL to failure, a grandchild keeps stdout open", start);

      assertThat(crash.exitCode()).isEqualTo(137);
      assertThat(Workers.isAlive(sleeper)).isTrue();
      pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
      pool.shutdown();
      assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Workers.isAlive(sleeper)).isTrue();
    } finally {
      Workers.kill(sleeper);
    }
  }

  private static long leaveGrandchild(Mark grandchild, Mark started) throws IOException {
    // in a session of its own, else it would end with the worker
    Process sleeper = new ProcessBuilder("setsid", "sleep", "1000").inheritIO().start();
    grandchild.set(Long.toString(sleeper.pid()));
    return Work.spin(started);
  }
}
