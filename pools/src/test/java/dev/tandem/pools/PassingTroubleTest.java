package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.Tandem;
import dev.tandem.pools.internal.process.fleet.Rehearsal;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is around a pool changes while it lives, or is scarce for a while: its workers are replaced
/// all the same.
class PassingTroubleTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  /// What a cleaner of temporary directories removes.
  enum Removed {
    PLAIN_FILES,
    SOCKET,
    ALL_FILES,
    SOCKET_DIRECTORY,
    PAGE_DIRECTORY,
    BOTH_DIRECTORIES,
    WHAT_THEY_ARE_IN
  }

  @ParameterizedTest
  @EnumSource
  void whatACleanerRemovesIsMadeAgain(Removed removed) throws Exception {
    ProcessPool pool = probe.open(2);
    for (int round = 0; round < 2; round++) {
      List<Long> workers = Workers.awaitReady(pool, 2);

      remove(removed);

      workers.forEach(Workers::kill);
      workers.forEach(Workers::awaitGone);
      for (int i = 0; i < 5; i++) {
        assertThat(pool.submit(Work::pid).get(30, TimeUnit.SECONDS)).isNotIn(workers);
      }
    }
  }

  private void remove(Removed removed) throws IOException {
    switch (removed) {
      case PLAIN_FILES -> deleteBelow(probe.sockets(), Files::isRegularFile);
      case SOCKET -> deleteBelow(probe.sockets(), f -> !Files.isRegularFile(f) && !isFolder(f));
      case ALL_FILES -> {
        deleteBelow(probe.sockets(), f -> !isFolder(f));
        deleteBelow(probe.pages(), f -> !isFolder(f));
      }
      case SOCKET_DIRECTORY -> deleteBelow(probe.sockets(), f -> !f.equals(probe.sockets()));
      case PAGE_DIRECTORY -> deleteBelow(probe.pages(), f -> !f.equals(probe.pages()));
      case BOTH_DIRECTORIES -> {
        remove(Removed.SOCKET_DIRECTORY);
        remove(Removed.PAGE_DIRECTORY);
      }
      case WHAT_THEY_ARE_IN -> {
        deleteBelow(probe.sockets(), _ -> true);
        deleteBelow(probe.pages(), _ -> true);
      }
    }
  }

  private static boolean isFolder(Path file) {
    return Files.isDirectory(file);
  }

  private interface Choice {
    boolean takes(Path file);
  }

  private static void deleteBelow(Path directory, Choice choice) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(directory)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      if (choice.takes(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void directoryThatSomebodyElseHasMadeIsNotTrusted() throws Exception {
    ProcessPool pool = probe.open(1);
    long worker = Workers.awaitReady(pool, 1).getFirst();
    Path own;
    try (Stream<Path> found = Files.list(probe.sockets())) {
      own = found.findFirst().orElseThrow();
    }
    remove(Removed.SOCKET_DIRECTORY);
    Files.createDirectory(own);
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));

    Workers.kill(worker);
    Future<Integer> future = probe.watch(pool.submit(() -> 1));
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessPoolProbe.files(own).isEmpty());
    assertThat(future).isNotDone();

    Files.delete(own); // and the pool finds a place again
    assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs(OS.LINUX)
  void whatIsScarceForAWhileIsWaitedFor(Scarce scarce) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "there is no prlimit");
    try (ChildJvm parent = ChildJvm.Start.PLAIN.in(probe).run(Starved.class, scarce.name())) {
      parent.toldPids("starving, with worker").forEach(Workers::kill);
      assertThat(parent.told("result")).isEqualTo("42");
      assertThat(parent.exitCode()).isZero();
      assertThat(parent.told("children")).isEqualTo("[]");
      // a start that fails half-way closes files of the application
      assertThat(parent.lines()).noneMatch(line -> line.contains("Cannot run program"));
    }
    assertThat(ProcessPoolProbe.files(probe.sockets())).isEmpty();
    assertThat(ProcessPoolProbe.files(probe.pages())).isEmpty();
  }

  /// What can run out in the JVM of the pool.
  enum Scarce {
    /// Open files.
    FILES,
    /// Room for the stacks of threads.
    THREADS
  }

  /// Loses its worker while something is scarce.
  static final class Starved {
    public static void main(String[] args) throws Exception {
      Scarce scarce = Scarce.valueOf(args[0]);
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        long worker = Workers.awaitReady(pool, 1).getFirst();
        Rehearsal.awaitEnd();
        Future<Integer> future;
        List<FileInputStream> open = new ArrayList<>();
        try {
          if (scarce == Scarce.FILES) {
            limit("nofile", "200");
            takeAll(open);
          } else {
            limit("as", Long.toString(mapped() + (1 << 18)));
          }
          System.out.println("starving, with worker " + worker);
          Thread.sleep(2500); // it is killed meanwhile, and replaced in vain
          future = pool.submit(() -> 42);
        } finally {
          for (FileInputStream each : open) {
            each.close();
          }
        }
        if (scarce == Scarce.THREADS) {
          limit("as", "unlimited");
        }
        System.out.println("result " + future.get(30, TimeUnit.SECONDS));
      }
      System.out.println("children " + Workers.children());
    }

    private static void takeAll(List<FileInputStream> open) {
      try {
        while (true) {
          open.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException _) {
        // there are no more
      }
    }

    private static long mapped() throws IOException {
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[0];
      return Long.parseLong(pages) * 4096;
    }

    private static void limit(String what, String value) throws Exception {
      Process set =
          new ProcessBuilder(
                  "prlimit",
                  "--pid",
                  Long.toString(ProcessHandle.current().pid()),
                  "--" + what + "=" + value + ":")
              .inheritIO()
              .start();
      if (set.waitFor() != 0) {
        throw new IllegalStateException("no limit for " + what);
      }
    }
  }
}
