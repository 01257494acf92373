package dev.tandem.pools;

import static dev.tandem.pools.Failures.cause;
import static dev.tandem.pools.Failures.crash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import java.io.NotSerializableException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Memory that real workers share with this JVM, and what their deaths do to it: nothing. The probe
/// asserts after each test that no file is left.
class SharedMemoryProcessTest {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void workersFillASegmentAndNothingIsCopied() throws Exception {
    ProcessPool pool = probe.open(2);
    try (SharedSegment segment = pool.newSegment(64L << 20)) {
      int parts = 8;
      long part = segment.byteSize() / parts;
      pool.forEach(
          IntStream.range(0, parts)::iterator,
          i -> segment.memory().asSlice(i * part, part).fill((byte) (i + 1)));
      for (int i = 0; i < parts; i++) {
        assertThat(segment.memory().get(ValueLayout.JAVA_BYTE, i * part)).isEqualTo((byte) (i + 1));
        assertThat(segment.memory().get(ValueLayout.JAVA_BYTE, (i + 1) * part - 1))
            .isEqualTo((byte) (i + 1));
      }
      SharedSegment back = pool.submit(() -> segment.slice(part, part)).get(20, TimeUnit.SECONDS);
      back.memory().fill((byte) 0);
      assertThat(segment.memory().get(ValueLayout.JAVA_BYTE, part)).isZero();
    }
  }

  @Test
  void numbersAreCountedByAllWorkersAndThisJvm() throws Exception {
    ProcessPool pool = probe.open(2);
    SharedLong sum = pool.newLong(5);
    SharedLongArray each = pool.newLongArray(3);
    pool.forEach(
        IntStream.range(0, 300)::iterator,
        i -> {
          sum.getAndAdd(2);
          each.getAndAdd(i % 3, 1);
        });
    assertThat(sum.get()).isEqualTo(605);
    assertThat(List.of(each.get(0), each.get(1), each.get(2))).containsOnly(100L);
  }

  @Test
  void killedWorkersLeaveWhatTheyHadWrittenAndOthersGoOn() throws Exception {
    ProcessPool pool = probe.open(1);
    SharedSegment segment = pool.newSegment(1 << 20);
    SharedLong number = pool.newLong(0);
    for (int round = 1; round <= 3; round++) {
      Mark started = Mark.in(directory, "started-" + round);
      long value = round;
      Future<Long> doomed =
          probe.watch(
              pool.submit(() -> {
                segment.memory().set(LONG, 0, value);
                number.set(value);
                return Work.spin(started);
              }));
      Workers.kill(started.awaitPid());
      crash(doomed);

      assertThat(segment.memory().get(LONG, 0)).isEqualTo(value);
      assertThat(number.get()).isEqualTo(value);
      long there =
          pool.submit(() -> segment.memory().get(LONG, 0) + number.getAndAdd(0))
              .get(20, TimeUnit.SECONDS);
      assertThat(there).isEqualTo(2 * value);
    }
  }

  @Test
  void whatIsClosedWhileATaskUsesItIsAnExceptionThere() throws Exception {
    ProcessPool pool = probe.open(1);
    SharedSegment segment = pool.newSegment(1 << 20);
    SharedLong number = pool.newLong(0);
    Mark started = Mark.in(directory, "started");
    Future<Long> memory =
        probe.watch(
            pool.submit(() -> {
              MemorySegment before = segment.memory();
              started.set();
              while (true) { // until the worker's ticker unmaps it
                before.set(LONG, 8, before.get(LONG, 0) + 1);
              }
            }));
    long pid = started.awaitPid();
    Mark counting = Mark.in(directory, "counting");
    segment.close();
    assertThat(cause(memory)).isInstanceOf(IllegalStateException.class);
    Future<Long> counted =
        probe.watch(
            pool.submit(() -> {
              counting.set();
              while (true) {
                number.getAndAdd(1);
              }
            }));
    counting.await();
    number.close();
    assertThat(cause(counted)).isInstanceOf(IllegalStateException.class);
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).as("it lives").isEqualTo(pid);
    assertThat(files()).as("files beside page and lock").isEmpty();
  }

  @Test
  void whatIsClosedBeforeItsTaskStartsArrivesClosed() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(0));
    SharedSegment segment = pool.newSegment(8);
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> before = probe.watch(pool.submit(() -> Work.hold(started, release)));
    Future<Boolean> asks = probe.watch(pool.submit(() -> segment.isClosed()));
    Future<Long> uses = probe.watch(pool.submit(() -> segment.memory().get(LONG, 0)));
    started.await();
    segment.close();
    release.set();
    before.get(20, TimeUnit.SECONDS);
    assertThat(asks.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(cause(uses, IllegalStateException.class))
        .hasMessage("shared memory 1 was closed, or its file removed, before it came here");
    Future<Boolean> later = probe.watch(pool.submit(() -> segment.isClosed()));
    assertThat(cause(later, NotSerializableException.class))
        .hasMessageContaining("shared memory 1 is closed");
  }

  @Test
  void handleOfAnotherPoolFailsItsTask() throws Exception {
    ProcessPool pool = probe.open(1);
    ProcessPool other = probe.open(1);
    SharedLong number = pool.newLong(0);
    Future<Long> refused = probe.watch(other.submit(() -> number.get()));
    assertThat(cause(refused, NotSerializableException.class))
        .hasMessageContaining("cannot be sent to workers of another pool");
    assertThat(pool.submit(() -> number.get()).get(20, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void workerCannotClose() throws Exception {
    ProcessPool pool = probe.open(1);
    SharedLong number = pool.newLong(3);
    Future<?> closing = probe.watch(pool.submit(() -> number.close()));
    assertThat(cause(closing, UnsupportedOperationException.class))
        .hasMessageContaining("closed by the process that has made it");
    assertThat(number.get()).isEqualTo(3);
  }

  @Test
  void memoryLivesUntilThePoolHasEnded() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> running = probe.watch(pool.submit(() -> Work.hold(started, release)));
    started.await();
    pool.shutdown();
    SharedLong made = pool.newLong(1); // a map that still sends its inputs may need one
    assertThat(made.get()).isEqualTo(1);
    release.set();
    running.get(20, TimeUnit.SECONDS);
    pool.close();
    assertThatIllegalStateException().isThrownBy(made::get);
    assertThatIllegalStateException()
        .isThrownBy(() -> pool.newSegment(1))
        .withMessageEndingWith(" has ended, and has no shared memory");
    assertThatIllegalStateException().isThrownBy(() -> pool.newLong(1));
    assertThatIllegalStateException().isThrownBy(() -> pool.newLongArray(1));
    made.close();
  }

  @Test
  void dumpAndStatsShowIt() throws Exception {
    ProcessPool pool = probe.open(1);
    assertThat(pool.stats().sharedBytes()).isZero();
    assertThat(Tandem.dump()).doesNotContain("shared memory");
    try (SharedSegment _ = pool.newSegment(1000);
        SharedLong _ = pool.newLong(0)) {
      assertThat(pool.stats().sharedBytes()).isEqualTo(1008);
      assertThat(Tandem.dump()).contains("  shared memory: 1008 bytes in 2 files");
    }
    assertThat(pool.stats().sharedBytes()).isZero();
  }

  @Test
  void sharedMemoryWithoutRoomIsReplacedByAFileElsewhere() throws Exception {
    ProcessPool pool = probe.open(1);
    Workers.awaitReady(pool, 1);
    Path pages = poolDirectory(probe.pages());
    Files.writeString(pages.resolve("shared-1"), "in its way");
    try (SharedSegment segment = pool.newSegment(1000)) {
      assertThat(poolDirectory(probe.sockets()).resolve("shared-1")).exists();
      pool.submit(() -> segment.memory().set(LONG, 0, 7)).get(20, TimeUnit.SECONDS);
      assertThat(segment.memory().get(LONG, 0)).isEqualTo(7);
    }
    assertThatThrownBy(() -> pool.newSegment(1L << 60))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining("no room for 1152921504606846976 bytes of shared memory")
        .hasMessageContaining(probe.pages().toString())
        .hasMessageContaining(probe.sockets().toString());
  }

  @Test
  void killedApplicationLeavesNothingOnceAnotherPoolHasCome() throws Exception {
    try (ChildJvm parent = ChildJvm.Start.PLAIN.in(probe).run(Parent.class)) {
      List<Long> workers = parent.toldPids("workers");
      assertThat(files()).hasSize(2);
      parent.kill();
      workers.forEach(Workers::awaitGone);
    }
    assertThat(probe.open(1).submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    // and that the files are gone is what the probe asserts
  }

  @Test
  void applicationThatExitsWithoutClosingLeavesNothing() throws Exception {
    try (ChildJvm parent = ChildJvm.Start.PLAIN.in(probe).run(Parent.class, "exit")) {
      parent.toldPids("workers");
      assertThat(parent.exitCode()).isEqualTo(7);
    }
    assertThat(ProcessPoolProbe.files(probe.pages())).isEmpty();
  }

  /// Has a pool with shared memory that a task is using.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      ProcessPool pool = Tandem.newProcessPool(1);
      SharedSegment segment = pool.newSegment(1 << 20);
      SharedLong number = pool.newLong(0);
      pool.submit(() -> number.getAndAdd(segment.memory().get(LONG, 0))).get();
      System.out.println("workers " + Workers.awaitReady(pool, 1));
      if (args.length > 0) {
        System.exit(7);
      }
      Thread.sleep(Long.MAX_VALUE); // until it is killed
    }
  }

  private static Path poolDirectory(Path base) throws Exception {
    try (var found = Files.list(base)) {
      return found.findFirst().orElseThrow();
    }
  }

  /// {@return the files of shared memory}
  private List<String> files() throws Exception {
    return ProcessPoolProbe.files(probe.pages()).stream()
        .filter(file -> file.contains("shared-"))
        .toList();
  }
}
