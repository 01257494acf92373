package dev.tandem.examples.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void hasALineForEachProgramAndMarksWhatIsWrong() {
    var right =
        new Row("scrape", Duration.ofMillis(5_300), Duration.ofMillis(530), true, "100 pages");
    var wrong = new Row("count", Duration.ofMillis(10), Duration.ZERO, false, "lost 3");
    assertThat(Table.of(List.of(right, wrong)).lines())
        .hasSize(4)
        .satisfies(lines -> {
          assertThat(lines.get(0))
              .containsSubsequence(
                  "program", "sequential", "concurrent", "speed-up", "checked result");
          assertThat(lines.get(2))
              .containsSubsequence("scrape", "5.30 s", "0.53 s", "10.0x", "100 pages");
          assertThat(lines.get(3)).containsSubsequence("count", "0.01 s", "-", "WRONG: lost 3");
        });
  }
}
