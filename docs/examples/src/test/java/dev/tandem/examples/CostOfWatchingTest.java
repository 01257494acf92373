package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostOfWatchingTest {
  @Test
  void measuresEachWay() throws Exception {
    assertThat(CostOfWatching.run(2, 3))
        .hasSize(8)
        .allSatisfy((_, ns) -> assertThat(ns).isPositive());
  }
}
