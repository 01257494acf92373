package dev.tandem.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.benchmarks.plots.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossingTest {
  @Test
  void liesBetweenTheLastPointBelowAndTheFirstOfThoseThatStayAbove() {
    assertThat(Crossing.above(1, points(0.1, 1.2, 0.1, 10))).isEqualTo("about 500 µs");
  }

  @Test
  void isSaidInMillisecondsWhereThatIsShorter() {
    assertThat(Crossing.above(1, points(0.1, 0.1, 0.1, 0.2, 1.5))).isEqualTo("about 10 ms");
  }

  @Test
  void isNotGuessedOutsideOfWhatWasMeasured() {
    assertThat(Crossing.above(1, points(1.5, 1.8))).isEqualTo("any that was measured");
    assertThat(Crossing.above(1, points(1.5, 0.8))).isEqualTo("none that was measured");
  }

  private static List<Point> points(double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Point(Math.pow(10, i), values[i], values[i], values[i]))
        .toList();
  }
}
