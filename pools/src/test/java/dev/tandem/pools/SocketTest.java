package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import dev.tandem.Tandem;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 26: what lies between a pool and its workers: sockets, files.
class SocketTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 0x7f, 0xff, 'x'})
  void strangerWithAWrongTokenIsRefused(int content) throws Exception {
    byte[] token = new byte[4096];
    Arrays.fill(token, (byte) content);
    CompletableFuture<Stranger> stranger = Stranger.start(probe.sockets(), ByteBuffer.wrap(token));

    ProcessPool pool = probe.open(2);

    Workers.awaitReady(pool, 2);
    probe.assertCapacity(pool, 2);
    assertWasToldNothing(stranger);
  }

  @Test
  void strangerThatSaysNothingHoldsUpNobody() throws Exception {
    CompletableFuture<Stranger> stranger = Stranger.start(probe.sockets(), ByteBuffer.allocate(0));

    ProcessPool pool = probe.open(2);

    Workers.awaitReady(pool, 2);
    probe.assertCapacity(pool, 2);
    pool.close();
    assertWasToldNothing(stranger);
  }

  private static void assertWasToldNothing(CompletableFuture<Stranger> stranger) throws Exception {
    Stranger refused = stranger.get(20, TimeUnit.SECONDS);
    assertThat(refused.failure).isNull();
    assertThat(refused.connected).isTrue();
  }

  @Test
  void strangerThatKnowsEverythingButTheTokenIsRefused() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger refused = new AtomicInteger();
    CompletableFuture<Void> stranger =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; !over.get(); i++) {
            Stranger each = new Stranger(probe.sockets(), hello(1 + i % 2), over);
            each.run(); // again and again, so that it also comes before the true worker
            assertThat(each.failure).isNull();
            refused.addAndGet(each.connected ? 1 : 0);
          }
        });

    ProcessPool pool = probe.open(2);

    Workers.awaitReady(pool, 2);
    probe.assertCapacity(pool, 2);
    over.set(true);
    stranger.get(20, TimeUnit.SECONDS);
    assertThat(refused.get()).isPositive();
  }

  /// {@return what a worker says first, with a token that is none}
  private static ByteBuffer hello(int worker) {
    byte[] token = "0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII);
    Output out = FrameWriter.hello(worker, token);
    return ByteBuffer.wrap(out.array(), 0, out.length());
  }

  /// Connects to the first socket that it finds in a directory, and waits until it is thrown out.
  private static final class Stranger {
    private final Path directory;
    private final ByteBuffer token;
    private final AtomicBoolean over;
    private volatile boolean connected;
    private volatile Throwable failure;

    Stranger(Path directory, ByteBuffer token, AtomicBoolean over) {
      this.directory = directory;
      this.token = token;
      this.over = over;
    }

    /// Starts one in a thread of its own.
    static CompletableFuture<Stranger> start(Path directory, ByteBuffer token) {
      Stranger stranger = new Stranger(directory, token, new AtomicBoolean());
      return CompletableFuture.supplyAsync(() -> {
        stranger.run();
        return stranger;
      });
    }

    void run() {
      try {
        while (!connected && !over.get()) {
          Optional<Path> found = socketIn(directory);
          if (found.isPresent()) {
            talk(found.get());
          }
        }
      } catch (Throwable e) {
        failure = e;
      }
    }

    private void talk(Path socket) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        connected = true;
        channel.write(token);
        int read = channel.read(ByteBuffer.allocate(1000));
        if (read > 0) {
          throw new AssertionError("a stranger was told " + read + " bytes");
        }
      } catch (IOException _) {
        // thrown out, or too early or too late to connect
      }
    }

    private static Optional<Path> socketIn(Path directory) {
      try (Stream<Path> files = Files.walk(directory)) {
        return files.filter(Stranger::isSocket).findFirst();
      } catch (Exception _) {
        return Optional.empty(); // it changes right now
      }
    }

    private static boolean isSocket(Path file) {
      try {
        return Files.readAttributes(file, BasicFileAttributes.class).isOther();
      } catch (IOException _) {
        return false;
      }
    }
  }

  @Test
  void nobodyElseMayLookIntoTheDirectoriesOfAPool() throws Exception {
    ProcessPool pool = probe.open(1);
    Workers.awaitReady(pool, 1);
    List<Path> entries = new ArrayList<>();
    for (Path root : List.of(probe.sockets(), probe.pages())) {
      try (Stream<Path> found = Files.list(root)) {
        entries.addAll(found.toList());
      }
    }

    assertThat(entries)
        .isNotEmpty()
        .allSatisfy(entry ->
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                .endsWith("------"));
  }

  @Test
  void directoryWhoseNameIsTooLongForASocketIsWorkedAround() throws Exception {
    Path long1 = Files.createDirectory(probe.sockets().resolve("d".repeat(120)));
    System.setProperty(ProcessPoolProbe.SOCKETS, long1.toString());
    ProcessPool pool = probe.open(2);

    probe.assertCapacity(pool, 2);
    assertThat(pool.submit(() -> new byte[1 << 20]).get(20, TimeUnit.SECONDS)).hasSize(1 << 20);
    pool.close();
    Files.delete(long1); // is empty again
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void besiegedPortStillLetsWorkersIn() throws Exception {
    Path long1 = Files.createDirectory(probe.sockets().resolve("d".repeat(120)));
    System.setProperty(ProcessPoolProbe.SOCKETS, long1.toString());
    ProcessPool pool = probe.open(1);
    long worker = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    int port = portOf(worker);
    Runnable remote = pool.export(Runnable.class, () -> {});
    Deque<SocketChannel> strangers = new ArrayDeque<>();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch many = new CountDownLatch(150);
    Thread siege = Thread.ofPlatform().start(() -> besiege(port, strangers, many, over));
    try {
      many.await();
      for (int i = 0; i < 3; i++) {
        Workers.kill(worker);
        worker = pool.submit(() -> firstCall(remote)).get(30, TimeUnit.SECONDS);
      }
    } finally {
      over.set(true);
      siege.join();
      for (SocketChannel each : strangers) {
        each.close();
      }
      pool.close();
      Files.delete(long1);
    }
  }

  /// Opens the second connection of a worker.
  private static long firstCall(Runnable remote) {
    remote.run();
    return Work.pid();
  }

  private static int portOf(long worker) throws IOException {
    String command = Files.readString(Path.of("/proc/" + worker + "/cmdline"));
    return Arrays.stream(command.split("\0", -1))
        .filter(word -> word.startsWith("port:"))
        .mapToInt(word -> Integer.parseInt(word.substring(5)))
        .findFirst()
        .orElseThrow();
  }

  private static void besiege(
      int port, Deque<SocketChannel> strangers, CountDownLatch many, AtomicBoolean over) {
    while (!over.get()) {
      try {
        strangers.add(
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        many.countDown();
        if (strangers.size() > 150) {
          strangers.remove().close();
        }
        Thread.sleep(1);
      } catch (IOException _) {
        // too many at once
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ProcessPoolProbe.SOCKETS, ProcessPoolProbe.PAGES})
  void directoryThatCannotBeUsedIsNamed(String property) throws Exception {
    Path file = Files.writeString(directory.resolve("no-directory"), "but a file");
    System.setProperty(property, file.toString());

    Throwable thrown = catchThrowable(() -> Tandem.newProcessPool(1).close());

    assertThat(thrown).isInstanceOf(PoolStartException.class);
    assertThat(Throwables.getStackTraceAsString(thrown)).contains(file.toString());
  }

  @Test
  void defaultDirectoriesAreEmptiedWhenThePoolIsClosed() throws Exception {
    try (ChildJvm parent = ChildJvm.Start.PLAIN.run(Parent.class)) {
      assertThat(parent.told("open")).isNotEqualTo("[]");
      assertThat(parent.told("closed")).isEqualTo("[]");
      assertThat(parent.exitCode()).isZero();
    }
  }

  /// Uses the directories of the system.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        Workers.awaitReady(pool, 1);
        System.out.println("open " + own());
      }
      System.out.println("closed " + own());
    }

    private static List<Path> own() throws IOException {
      List<Path> all = new ArrayList<>();
      for (String each : List.of(System.getProperty("java.io.tmpdir"), "/dev/shm")) {
        if (Files.isDirectory(Path.of(each))) {
          try (Stream<Path> found = Files.list(Path.of(each))) {
            String pid = Long.toString(ProcessHandle.current().pid());
            found
                .filter(file -> file.getFileName().toString().startsWith("tandem-" + pid))
                .forEach(all::add);
          }
        }
      }
      return all;
    }
  }
}
