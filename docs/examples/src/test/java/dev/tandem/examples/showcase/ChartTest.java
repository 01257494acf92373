package dev.tandem.examples.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  @TempDir private Path directory;

  @Test
  void isAnImageInADirectoryThatIsMadeForIt() throws Exception {
    Assumptions.assumeTrue(ChartTest::hasFonts);
    Path file = directory.resolve("new").resolve("chart.png");
    var row =
        new Row("scrape", Duration.ofMillis(5_300), Duration.ofMillis(530), true, "100 pages");
    Chart.write(List.of(row, row), file);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(500);
  }

  private static boolean hasFonts() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('x');
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false; // a bare container; the showcase then draws no chart
    }
  }
}
