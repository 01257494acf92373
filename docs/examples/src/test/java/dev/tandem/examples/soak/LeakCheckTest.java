package dev.tandem.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The leak check notices each thing that can be left behind.
class LeakCheckTest {
  @TempDir private Path directory;
  private final Ledger ledger = new Ledger();
  private LeakCheck leaks;
  private Census before;

  @BeforeEach
  void before() throws IOException {
    leaks = new LeakCheck(List.of(directory), Duration.ofMillis(200));
    leaks.census(); // loads what a census needs
    before = leaks.census();
  }

  @Test
  void isRightWhenNothingIsLeft() throws Exception {
    leaks.compare("here", before, ledger);

    assertThat(ledger.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noticesAThread(boolean virtual) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
    Thread thread = builder.name("left-behind-17").start(() -> await(end));
    leaks.compare("here", before, ledger);
    end.countDown();
    thread.join();

    assertThat(ledger.problems())
        .singleElement()
        .asString()
        .contains("1 more threads", "left-behind-#");
  }

  @Test
  void noticesAFile() throws Exception {
    Files.createFile(directory.resolve("worker-9"));
    leaks.compare("here", before, ledger);

    assertThat(ledger.problems())
        .singleElement()
        .asString()
        .startsWith("leak, here: 1 more files: [worker-#] (before [], now [");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noticesAFileDescriptor(@TempDir Path elsewhere) throws Exception {
    Path file = elsewhere.resolve("open");
    try (var _ = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      leaks.compare("here", before, ledger);
    }

    assertThat(ledger.problems())
        .singleElement()
        .asString()
        .contains("1 more file descriptors", "/open");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noticesAProcess() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    leaks.compare("here", before, ledger);
    process.destroyForcibly().waitFor();

    assertThat(ledger.problems())
        .anySatisfy(problem -> assertThat(problem).contains("1 more processes", "sleep"));
  }

  @Test
  void noticesAHeapThatGrows() {
    for (int megabytes : List.of(10, 12, 11, 13, 12, 15, 16, 17)) {
      leaks.remember(megabytes * 1_000_000L);
    }
    leaks.compareHeaps(ledger);

    assertThat(ledger.problems())
        .contains("leak: the heap grew from 10.0 MB to 15.0 MB", atIndex(0))
        .hasSize(1);
  }

  @Test
  void forgivesAHeapThatComesBack() {
    for (int megabytes : List.of(10, 12, 11, 13, 90, 15, 30, 11)) {
      leaks.remember(megabytes * 1_000_000L);
    }
    leaks.compareHeaps(ledger);

    assertThat(ledger.problems()).isEmpty();
  }

  @Test
  void seesTheHeapThatIsHeld() throws IOException {
    byte[] held = new byte[20 << 20];
    Census now = leaks.census();

    assertThat(now.heap() - before.heap()).isGreaterThan(15 << 20);
    assertThat(held).hasSize(20 << 20);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
