package dev.tandem.pools.internal.process.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.wire.Pages;
import dev.tandem.pools.internal.wire.StatusPage;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of a page goes as soon as its worker has mapped it; one that was cut off is noticed
/// before anybody touches it.
class StatusPageFileTest {
  @TempDir Path directory;

  @Test
  void pageStaysWhenItsFileIsTakenAway() throws Exception {
    Path file = directory.resolve("worker-1");
    StatusPage page = StatusPageFile.create(file);

    assertThat(StatusPageFile.takeAway(file)).isTrue();

    assertThat(file).doesNotExist();
    page.queue(1);
    assertThat(Pages.start(page, 1)).isTrue();
    assertThat(StatusPageFile.isWhole(file)).isTrue();
  }

  @Test
  void pageThatWasCutOffIsNoticed() throws Exception {
    Path file = directory.resolve("worker-1");
    var _ = StatusPageFile.create(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    }

    assertThat(StatusPageFile.isWhole(file)).isFalse();
    assertThat(StatusPageFile.takeAway(file)).isFalse();
    assertThat(Files.exists(file)).isFalse();
  }
}
