package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SumOfSquaresTest {
  @Test
  void allWaysGiveTheSameSums() {
    List<Long> limits = SumOfSquares.limits(8, 3_000_000); // large enough to overflow
    List<Long> expected = limits.stream().map(SumOfSquares::formula).toList();
    assertThat(SumOfSquares.sequential(limits)).isEqualTo(expected);
    assertThat(SumOfSquares.threads(limits)).isEqualTo(expected);
    assertThat(SumOfSquares.processes(limits)).isEqualTo(expected);
  }
}
