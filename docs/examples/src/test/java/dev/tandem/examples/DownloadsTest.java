package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.tandem.examples.site.LoopbackSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  @TempDir private Path directory;

  @Test
  void filesArriveAsTheyAreOnTheSite() throws Exception {
    try (var site = LoopbackSite.start()) {
      var checksums = Downloads.concurrent(site.files(3), directory);
      assertThat(checksums)
          .containsExactly(checksum(1), checksum(2), checksum(3))
          .isEqualTo(Downloads.sequential(site.files(3), directory));
      assertThat(directory.resolve("file-2")).hasBinaryContent(LoopbackSite.fileContent(2));
    }
  }

  private static HashCode checksum(int file) {
    return Hashing.sha256().hashBytes(LoopbackSite.fileContent(file));
  }
}
