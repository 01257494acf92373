package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Throwables;
import dev.tandem.Tandem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 26: there is no room left for what is shared with workers.
class FullSharedMemoryTest {
  /// Mounts a small file system in a name space of its own, which ends with the process.
  private static final String[] MOUNTED = {
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "sh",
    "-c",
    "mount -t tmpfs -o size=%s tmpfs %s && exec \"$@\"",
    "sh"
  };

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void fullDirectoryOfSharedMemoryIsNamed() throws Exception {
    String[] mounted = mounted("4k");
    try (ChildJvm parent =
        ChildJvm.Start.PLAIN.in(probe).after(mounted).run(Parent.class, directory.toString())) {
      assertThat(parent.told("failed")).contains(directory.toString());
      parent.told("then");
      assertThat(parent.exitCode()).isZero();
    }
  }

  @Test
  void directoryThatFillsUpLaterHarmsOnlyNewWorkers() throws Exception {
    String[] mounted = mounted("64m");
    try (ChildJvm parent =
        ChildJvm.Start.PLAIN.in(probe).after(mounted).run(Filling.class, directory.toString())) {
      parent.told("filled");
      assertThat(parent.told("large")).isEqualTo("8000000");
      parent.told("then");
      assertThat(parent.exitCode()).isZero();
    }
  }

  @Test
  void sharedMemoryFindsRoomElsewhereOrSaysThatThereIsNone() throws Exception {
    String[] mounted = mounted("20m"); // of which 16 MiB are for others
    try (ChildJvm parent =
        ChildJvm.Start.PLAIN.in(probe).after(mounted).run(Sharing.class, directory.toString())) {
      assertThat(parent.told("small")).isEqualTo("7 in " + directory);
      assertThat(parent.told("large")).isEqualTo("7 in " + probe.sockets());
      assertThat(parent.told("failed"))
          .contains("no room for 8388608 bytes of shared memory")
          .contains("room: ", " bytes in " + directory, "8388608 and 16777216 to spare");
      assertThat(parent.exitCode()).isZero();
    }
  }

  private String[] mounted(String size) throws Exception {
    String[] command = MOUNTED.clone();
    command[6] = command[6].formatted(size, directory);
    Process probed =
        new ProcessBuilder(Stream.concat(Arrays.stream(command), Stream.of("true")).toList())
            .redirectErrorStream(true)
            .start();
    assumeTrue(probed.waitFor() == 0, "no file system can be mounted here");
    return command;
  }

  /// Has no room at all.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      fill(Path.of(args[0]));
      System.setProperty(ProcessPoolProbe.PAGES, args[0]);
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        System.out.println("works " + pool.submit(() -> 1).get());
      } catch (Exception e) {
        System.out.println("failed " + Throwables.getStackTraceAsString(e).replace('\n', ' '));
      }
      System.out.println("then " + Workers.children());
    }
  }

  /// Has room until the workers are there.
  static final class Filling {
    public static void main(String[] args) throws Exception {
      System.setProperty(ProcessPoolProbe.PAGES, args[0]);
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        Workers.awaitReady(pool, 1);
        fill(Path.of(args[0]));
        System.out.println("filled");
        System.out.println("large " + pool.submit(() -> new byte[8_000_000]).get().length);
      }
      System.out.println("then " + Workers.children());
    }
  }

  /// Has room for a small segment in one directory, for a large one in the other, then in none.
  static final class Sharing {
    public static void main(String[] args) throws Exception {
      System.setProperty(ProcessPoolProbe.PAGES, args[0]);
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        System.out.println("small " + use(pool, 1 << 20, args[0]));
        System.out.println("large " + use(pool, 8 << 20, args[0]));
      }
      System.setProperty(ProcessPoolProbe.SOCKETS, args[0]);
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        System.out.println("large " + use(pool, 8 << 20, args[0]));
      } catch (UncheckedIOException e) {
        System.out.println("failed " + e.getMessage());
      }
    }

    /// {@return what a worker has found in a new segment, and where its file was}
    private static String use(ProcessPool pool, long bytes, String pages) throws Exception {
      try (SharedSegment segment = pool.newSegment(bytes)) {
        segment.memory().set(ValueLayout.JAVA_BYTE, bytes - 1, (byte) 7);
        int found =
            pool.submit(() -> (int) segment.memory().get(ValueLayout.JAVA_BYTE, bytes - 1)).get();
        boolean here =
            ProcessPoolProbe.files(Path.of(pages)).stream()
                .anyMatch(file -> file.contains("shared-"));
        return found + " in " + (here ? pages : System.getProperty(ProcessPoolProbe.SOCKETS));
      }
    }
  }

  private static void fill(Path directory) {
    byte[] piece = new byte[4096];
    try (var out = Files.newOutputStream(directory.resolve("filling"))) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException _) {
      // it is full
    }
  }
}
